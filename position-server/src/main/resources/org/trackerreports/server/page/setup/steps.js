import {button, h, icon, show} from "../dom.js";
import {KeyDrop} from "./key-drop.js";
import {LiveView} from "./live-view.js";
import {SignInForm} from "./sign-in.js";

/** One step of the set-up: its mark, what was found, what to do, and where it is done. */
class Step {
    #text = null;

    constructor(title, number, content) {
        this.number = number;
        this.content = content;
        this.mark = h("span", {class: "mark"});
        this.state = h("span", {class: "for-the-ear"});
        this.text = h("p", {class: "found"});
        this.advice = h("p", {class: "advice"});
        this.more = button("", () => this.#open(!this.opened), "button quiet more");
        this.body = h("div", {class: "body"}, ...content.elements);
        this.element = h("li", {class: "step"},
            this.mark,
            h("div", {class: "step-main"},
                h("h2", {}, this.state, title), this.text, this.advice, this.body, this.more));
        this.opened = false;
    }

    #open(opened) {
        this.opened = opened;
        this.#shown();
        if (opened) this.content.focus?.();
    }

    #shown() {
        // What somebody is in the middle of stays open.
        const busy = this.content.busy?.() ?? false;
        const shown = this.current || this.opened || busy;
        show(this.body, shown && this.content.elements.length > 0);
        const more = this.current || busy ? "" : this.opened ? "Close" : this.content.more ?? "";
        this.more.textContent = more;
        this.more.setAttribute("aria-expanded", String(this.opened));
        show(this.more, more !== "" && (this.opened || this.found.state !== "later"));
    }

    update(found, state, current) {
        this.found = found;
        if (this.current && !current) this.opened = false;
        this.current = current;
        this.element.dataset.state = found.state;
        this.element.classList.toggle("current", current);
        if (current) this.element.setAttribute("aria-current", "step");
        else this.element.removeAttribute("aria-current");
        this.state.textContent = words[found.state] + ": ";
        this.mark.replaceChildren(found.state === "done" ? icon("check") : found.state === "problem" ? "!" : String(this.number));
        if (this.#text !== found.text) {
            this.text.textContent = this.#text = found.text;
        }
        const advised = found.state === "done" || found.state === "later" ? "" : found.next_step;
        this.advice.textContent = advised;
        show(this.advice, advised !== "");
        this.content.update?.(found, state, current);
        this.#shown();
    }
}

const words = {done: "Done", to_do: "To do", problem: "Problem", waiting: "Waiting", later: "Later"};

const anisette = () => ({
    elements: [h("details", {},
        h("summary", {text: "What is an anisette server?"}),
        h("p", {text: "Signing in needs data that only Apple's own code can make. An anisette server makes them. Run your own, for example"
            + " anisette-v3-server on port 6969, and keep its data: an account trusts the machine behind it, and a new machine needs a new code."}))],
});

/** The step of a name that the server knows; nothing for one of a newer server. */
export function setupStep(name, number, refresh) {
    switch (name) {
        case "anisette": return new Step("Anisette server", number, anisette());
        case "account": return new Step("Account", number, new SignInForm(refresh));
        case "trackers": return new Step("Trackers", number, new KeyDrop(refresh));
        case "first_position": return new Step("First position", number, new LiveView());
        default: return null;
    }
}
