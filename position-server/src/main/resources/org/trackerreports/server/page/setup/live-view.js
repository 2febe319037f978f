import {get} from "../api.js";
import {h} from "../dom.js";
import {exactTime, fromIso} from "../format.js";

/** What the daemon does right now, line by line, until the first position is there. */
export class LiveView {
    #last = 0;
    #begun = null;
    #reading = false;

    constructor() {
        this.log = h("ol", {class: "log", role: "log", "aria-label": "What happens now"});
        this.quiet = h("p", {class: "hint", text: "The first request follows within seconds. You need not do anything."});
        this.elements = [this.quiet, this.log];
        this.more = "What happens now";
    }

    update(found) {
        this.quiet.hidden = found.state !== "waiting" || this.log.childElementCount > 0;
        if (found.state !== "later") this.#read();
    }

    async #read() {
        if (this.#reading) return;
        this.#reading = true;
        try {
            const news = await get("setup/progress", {after: this.#last});
            if (this.#begun !== null && this.#begun !== news.begun) {
                // Another process, which counts anew.
                this.#begun = news.begun;
                this.#last = 0;
                this.log.replaceChildren();
                return;
            }
            this.#begun = news.begun;
            this.#last = news.last;
            news.events.forEach(event => this.log.prepend(line(event)));
            while (this.log.childElementCount > 30) this.log.lastElementChild.remove();
        } catch {
            // The page says above that the server does not answer.
        } finally {
            this.#reading = false;
        }
    }
}

const line = event => h("li", {class: event.good ? "" : "bad"},
    h("time", {datetime: event.time, text: exactTime(fromIso(event.time))}), h("span", {text: event.text}));
