import {get, send} from "../api.js";
import {button, h, show} from "../dom.js";
import {ago, fromIso, moment} from "../format.js";
import {fact} from "./rows.js";

/** Why a tracker has, or has not, a new position: read when it is opened. */
export class Explanation {
    constructor(tracker, changed) {
        this.tracker = tracker;
        this.changed = changed;
        this.element = h("div", {class: "explanation", hidden: true, "aria-live": "polite"});
        this.button = button("Explain", () => this.#toggle(), "button quiet small");
        this.button.dataset.key = "Explain " + tracker.name;
        this.button.setAttribute("aria-expanded", "false");
        this.button.setAttribute("aria-label", "Explain why " + tracker.name + " has this position");
    }

    #toggle() {
        const open = this.element.hidden;
        this.button.setAttribute("aria-expanded", String(open));
        show(this.element, open);
        if (open) this.#read();
    }

    async #read() {
        try {
            const found = await get("setup/trackers/" + this.tracker.id + "/explanation");
            const helps = actions[found.action];
            this.element.replaceChildren(
                h("p", {class: "conclusion", text: found.conclusion}),
                h("p", {class: "advice", text: found.next_step}),
                h("dl", {class: "facts"},
                    ...fact("Last request", found.last_attempt_time ? ago(fromIso(found.last_attempt_time)) : "none yet"),
                    ...fact("Next request", found.next_attempt_time ? moment(fromIso(found.next_attempt_time)) : "not planned"),
                    ...fact("Without a report in a row", String(found.empty_answers_in_a_row)),
                    ...(found.last_error ? fact("Last error", found.last_error) : [])),
                helps ? button(helps.label, () => this.#do(helps), "button small") : "");
        } catch (error) {
            this.element.replaceChildren(h("p", {class: "trouble", text: error.message}));
        }
    }

    async #do(helps) {
        try {
            await helps.send(this.tracker.id);
            this.changed();
        } catch (error) {
            this.element.prepend(h("p", {class: "trouble", role: "alert", text: error.message}));
        }
    }
}

const retry = {label: "Put it back into the queue", send: id => send("POST", "setup/trackers/" + id + "/retry", {})};

/** What this page can do about it. */
const actions = {
    enable_tracker: {label: "Enable it", send: id => send("PATCH", "trackers/" + id, {enabled: true})},
    resume_queue: {label: "Resume the queue", send: retry.send},
    resume_tracker: {label: "Resume it", send: retry.send},
    requeue_tracker: retry
};
