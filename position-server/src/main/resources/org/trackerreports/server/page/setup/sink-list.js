import {get, send} from "../api.js";
import {byId, h, show, toast} from "../dom.js";
import {ago, count, fromIso, length, moment, now, number} from "../format.js";
import {fact, replaceRows, rowButton} from "./rows.js";

const POLL = 10_000;

/** The programs that are told of positions: how it goes with each, and what can be done. */
export class SinkList {
    #shown = "";
    #ready = false;
    #found = null;
    #timer = 0;
    #read = 0;

    constructor() {
        this.needs = h("div", {class: "needs"});
        this.list = h("ul", {class: "rows"});
        this.empty = empty();
        this.trouble = h("p", {class: "trouble", role: "alert", hidden: true});
        byId("sinks").append(this.trouble, this.needs, this.list, this.empty);
    }

    update(state) {
        const first = this.#found === null && this.#timer === 0;
        this.#ready = state.ready;
        if (first) this.load();
        this.#show();
    }

    /** Reads them now, and again after a while. */
    async load() {
        clearTimeout(this.#timer);
        const read = ++this.#read;
        if (!document.hidden) {
            try {
                const found = await get("setup/sinks");
                if (read !== this.#read) return;
                this.#found = found;
                show(this.trouble, false);
            } catch (error) {
                if (read !== this.#read) return;
                // The page says above when nothing answers.
                if (error.status > 0) this.#say([error.message, error.nextStep].filter(each => each).join(" "));
            }
        }
        this.#show();
        this.#timer = setTimeout(() => this.load(), POLL);
    }

    /** In a new installation, nothing stands between a person and the steps. */
    #show() {
        const sinks = this.#found?.sinks ?? [];
        show(byId("sinks"), this.#found !== null && (this.#ready || sinks.length > 0) || !this.trouble.hidden);
        show(this.empty, sinks.length === 0);
        const words = JSON.stringify([this.#found, sinks.map(nextTry)]);
        if (this.#found === null || words === this.#shown) return;
        this.#shown = words;
        this.needs.replaceChildren(...this.#found.needs.map(need));
        replaceRows(this.list, sinks.map(sink => this.#row(sink)));
    }

    #say(text) {
        this.trouble.textContent = text;
        show(this.trouble, true);
    }

    #row(sink) {
        const paused = sink.state === "paused";
        const about = "sink " + sink.name;
        const served = !["new", "wrong_file"].includes(sink.state);
        return h("li", {class: "row"},
            h("div", {class: "row-head"},
                h("strong", {class: "row-name", text: sink.name}),
                h("span", {class: "note", text: types[sink.type] ?? sink.type}),
                h("span", {class: "badge", "data-state": badge(sink), text: states[sink.state] ?? sink.state})),
            h("dl", {class: "facts"},
                ...fact("Waiting", sink.lag_events === 0 ? "nothing" : count(sink.lag_events, "event") + ", the oldest for " + length(sink.lag_seconds)),
                ...fact("Delivered", number(sink.delivered)),
                ...fact("Failed", number(sink.failed)),
                ...(sink.replay_since ? fact("Gets again", "what was seen since " + moment(fromIso(sink.replay_since))) : []),
                ...(sink.last_error ? fact("Last error", sink.last_error
                    + (sink.last_error_time ? ", " + ago(fromIso(sink.last_error_time)) : "")) : []),
                ...(sink.wait_until && !paused ? fact("Next try", nextTry(sink)) : [])),
            ...sink.needs.map(need),
            h("div", {class: "row-actions"},
                sink.file_here ? rowButton("Test", about, () => this.#test(sink)) : null,
                served ? rowButton(paused ? "Resume" : "Pause", about, () => this.#change(sink, !paused)) : null,
                ["waiting", "credentials"].includes(sink.state) ? rowButton("Try now", about, () => this.#change(sink, false)) : null,
                sink.state === "off" ? rowButton("Switch on", about, () => this.#change(sink, false)) : null,
                sink.refused > 0 ? rowButton("Send again", about, () => this.#retry(sink)) : null));
    }

    async #test(sink) {
        await this.#do(async () => {
            const tried = await send("POST", path(sink) + "/test", {});
            toast(tried.message, tried.result === "sent" ? "" : "bad");
        });
    }

    #change(sink, paused) {
        return this.#do(() => send("PATCH", path(sink), {paused}));
    }

    #retry(sink) {
        return this.#do(async () => {
            const sent = await send("POST", path(sink) + "/retry", {});
            toast(count(sent.events, "event") + " will be sent again.");
        });
    }

    async #do(action) {
        try {
            await action();
        } catch (error) {
            toast([error.message, error.nextStep].filter(each => each).join(" "), "bad");
        }
        await this.load();
    }
}

const path = sink => "setup/sinks/" + encodeURIComponent(sink.name);

const types = {
    webhook: "webhook", homeassistant: "Home Assistant", traccar: "Traccar", owntracks: "OwnTracks", dawarich: "Dawarich", "-": ""
};

const states = {
    working: "working", waiting: "cannot be reached", credentials: "refuses the credentials", off: "switched off", paused: "paused",
    new: "not served yet", wrong_file: "wrong file"
};

const badge = sink => sink.state === "working" ? "good" : ["credentials", "off", "wrong_file"].includes(sink.state) ? "bad" : "off";

const need = found => h("div", {class: "need"}, h("p", {class: "problem", text: found.text}), h("p", {class: "advice", text: found.next_step}));

function nextTry(sink) {
    const next = fromIso(sink.wait_until);
    if (next === null || next <= now()) return "now";
    const seconds = Math.ceil(next - now());
    return seconds < 60 ? "in less than a minute" : "in " + length(seconds);
}

const empty = () => h("div", {class: "rows"}, h("div", {class: "row"},
    h("p", {text: "Other programs can be told of new positions: Home Assistant, Traccar, OwnTracks, Dawarich, ntfy on a phone, Node-RED, or one of yours."}),
    h("p", {class: "note", text: "Add the first one in a terminal, for example a webhook:"}),
    h("pre", {class: "command", tabindex: "0"}, h("code", {text: "./findmy tools sinks add hook TYPE=webhook URL=https://example.com/hook"})),
    h("p", {class: "note", text: "It appears here, and the daemon begins at once. The folder docs/integrations has a page for each program."})));
