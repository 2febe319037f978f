import {send} from "../api.js";
import {byId, h, show, toast} from "../dom.js";
import {ago, fromIso, moment, now, number} from "../format.js";
import {ask} from "./ask.js";
import {fact, replaceRows, rowButton} from "./rows.js";

/** The accounts with their state, their budget and their next request. */
export class AccountList {
    #shown = "";

    constructor(refresh) {
        this.refresh = refresh;
        this.list = h("ul", {class: "rows"});
        byId("accounts").append(this.list);
    }

    update(state) {
        show(byId("accounts"), state.accounts.length > 0);
        // Words that only grow older need no new elements, which would take the focus away.
        const words = JSON.stringify(state.accounts.map(account => [account, nextRequest(account)]));
        if (words === this.#shown) return;
        this.#shown = words;
        replaceRows(this.list, state.accounts.map(account => this.#row(account)));
    }

    #row(account) {
        const paused = account.state === "paused";
        return h("li", {class: "row"},
            h("div", {class: "row-head"},
                h("strong", {class: "row-name", text: account.account}),
                h("span", {class: "badge", "data-state": badge(account), text: account.state.replaceAll("_", " ")})),
            h("dl", {class: "facts"},
                ...fact("Requests in 24 hours", h("span", {class: "budget"},
                    meter(account), number(account.requests_24h) + " of " + number(account.requests_per_day))),
                ...fact("Next request", nextRequest(account)),
                ...fact("Last request", account.last_request_time ? ago(fromIso(account.last_request_time)) : "none yet"),
                ...fact("Password", account.password_remembered ? "remembered" : "not stored")),
            account.last_error ? h("p", {class: "problem", text: account.last_error}) : null,
            account.usable ? null : h("p", {class: "advice", text: account.next_step}),
            h("div", {class: "row-actions"},
                this.#button(account, paused ? "Resume" : "Pause", () => this.#pause(account, !paused)),
                this.#button(account, "Remove", () => this.#remove(account))));
    }

    #button(account, text, click) {
        return rowButton(text, "account " + account.account, click);
    }

    async #pause(account, paused) {
        try {
            await send("PATCH", path(account), {paused});
        } catch (error) {
            toast(error.message, "bad");
        }
        this.refresh();
    }

    #remove(account) {
        ask("Remove account " + account.account + "?",
            [h("p", {class: "note", text: "Its session is removed, too. To use it again, you would have to sign in again."})],
            "Remove", async () => {
                await send("DELETE", path(account) + "?confirm=" + encodeURIComponent(account.account));
                this.refresh();
            }, "danger");
    }
}

const badge = account => !account.usable || !account.signed_in ? "bad" : account.state === "ready" ? "good" : "off";

const path = account => "setup/accounts/" + encodeURIComponent(account.account);

function meter(account) {
    return h("meter", {
        min: "0", max: String(account.requests_per_day), value: String(account.requests_24h),
        high: String(account.requests_per_day - account.reserved_requests_per_day), optimum: "0", "aria-hidden": "true"
    });
}

const held = {cool_down: "its cool-down", requests_per_day: "the limit for a day", gap: "the gap between two requests"};

function nextRequest(account) {
    if (!account.usable || !account.signed_in) return "none";
    const next = fromIso(account.next_request_time);
    if (!account.held_by || next <= now()) return "allowed now";
    const seconds = Math.round(next - now());
    const when = seconds < 60 ? "in " + seconds + " s" : seconds < 3600 ? "in " + Math.ceil(seconds / 60) + " min" : "at " + moment(next);
    return when + ", because of " + held[account.held_by];
}
