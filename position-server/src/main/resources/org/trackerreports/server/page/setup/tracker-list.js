import {get, send} from "../api.js";
import {byId, debounced, h, show, toast} from "../dom.js";
import {ago, count, fromIso} from "../format.js";
import {ask} from "./ask.js";
import {Explanation} from "./explanation.js";
import {replaceRows, rowButton} from "./rows.js";

const MOST = 50;

/** The trackers: rename, label, disable, remove, and why one has no position. */
export class TrackerList {
    #number = -1;
    #seen = "";
    #read = 0;

    constructor(refresh) {
        this.refresh = refresh;
        this.search = h("input", {type: "search", placeholder: "Search", "aria-label": "Search trackers", autocomplete: "off",
            on: {input: debounced(200, () => this.load())}});
        this.list = h("ul", {class: "rows"});
        this.rest = h("p", {class: "note", role: "status"});
        // Ages grow; but nothing disappears under the eyes of whoever reads an explanation.
        setInterval(() => this.list.querySelector(".explanation:not([hidden]), :focus") || this.load(), 30_000);
        byId("trackers").append(h("div", {class: "search"}, this.search), this.list, this.rest);
    }

    update(state) {
        const all = state.trackers.enabled + state.trackers.disabled;
        show(byId("trackers"), all > 0);
        const seen = state.steps.find(step => step.step === "first_position")?.state ?? "";
        if (all !== this.#number || seen !== this.#seen) {
            this.#number = all;
            this.#seen = seen;
            this.load();
        }
    }

    async load() {
        if (this.#number <= 0 || document.hidden) return;
        const read = ++this.#read;
        try {
            const page = await get("trackers", {q: this.search.value.trim(), sort: "name", limit: MOST});
            if (read !== this.#read) return;
            replaceRows(this.list, page.trackers.map(tracker => this.#row(tracker)));
            this.rest.textContent = page.next ? "The first " + MOST + " of them. Search to see others."
                : page.trackers.length === 0 ? "No tracker has this in its name." : "";
        } catch (error) {
            if (read === this.#read) this.rest.textContent = error.message;
        }
    }

    #row(tracker) {
        const labels = Object.entries(tracker.labels);
        const explanation = new Explanation(tracker, () => this.load());
        return h("li", {class: "row"},
            h("div", {class: "row-head"},
                h("strong", {class: "row-name", text: tracker.name}),
                tracker.enabled ? null : h("span", {class: "badge", "data-state": "off", text: "disabled"}),
                h("span", {class: "note", text: tracker.position ? "seen " + ago(fromIso(tracker.position.event_time))
                    + (tracker.position.nearest_city ? " near " + tracker.position.nearest_city : "") : "no position yet"})),
            labels.length === 0 ? null : h("ul", {class: "labels", "aria-label": "Labels"},
                ...labels.map(([key, value]) => h("li", {class: "badge", text: key + " = " + value}))),
            h("div", {class: "row-actions"},
                explanation.button,
                action(tracker, "Rename", () => this.#rename(tracker)),
                action(tracker, "Labels", () => this.#label(tracker)),
                action(tracker, tracker.enabled ? "Disable" : "Enable", () => this.#change(tracker, {enabled: !tracker.enabled})),
                action(tracker, "Remove", () => this.#remove(tracker))),
            explanation.element);
    }

    async #change(tracker, change) {
        try {
            await send("PATCH", "trackers/" + tracker.id, change);
            await this.load();
            this.refresh();
        } catch (error) {
            toast(error.message, "bad");
        }
    }

    #rename(tracker) {
        const name = h("input", {name: "name", value: tracker.name, required: true, maxlength: "200", autocomplete: "off"});
        ask("Rename " + tracker.name, [h("label", {class: "field"}, h("span", {text: "New name"}), name)], "Rename", async data => {
            await send("PATCH", "trackers/" + tracker.id, {name: data.get("name").trim()});
            await this.load();
        });
        name.select();
    }

    #label(tracker) {
        const area = h("textarea", {name: "labels", rows: "5", spellcheck: "false", placeholder: "client=acme\ncolour=red"});
        area.value = Object.entries(tracker.labels).map(([key, value]) => key + "=" + value).join("\n");
        ask("Labels of " + tracker.name,
            [h("label", {class: "field"}, h("span", {text: "One in each line: name=value"}), area)], "Save", async data => {
                const labels = Object.fromEntries(Object.keys(tracker.labels).map(key => [key, null]));
                for (const line of data.get("labels").split("\n").map(each => each.trim()).filter(each => each)) {
                    const at = line.indexOf("=");
                    if (at < 1) throw new Error("“" + line + "” has no name and value; expected a line such as client=acme.");
                    labels[line.slice(0, at).trim()] = line.slice(at + 1).trim();
                }
                await send("PATCH", "trackers/" + tracker.id, {labels});
                await this.load();
            });
    }

    async #remove(tracker) {
        let reports = "its";
        try {
            reports = "its " + count((await get("setup/trackers/" + tracker.id + "/removal")).reports, "report");
        } catch (error) {
            toast(error.message, "bad");
            return;
        }
        ask("Remove " + tracker.name + "?", [
            h("p", {class: "note", text: "Its keys are removed, too. Keep a copy of the key file; keys are exported in a terminal only:"
                + " findmy tools trackers export."}),
            h("label", {class: "check"}, h("input", {type: "checkbox", name: "reports", value: "remove"}),
                h("span", {text: "Also remove " + reports + " and its history"})),
            h("label", {class: "field"}, h("span", {text: "To confirm, type its name"}),
                h("input", {name: "confirm", required: true, autocomplete: "off", placeholder: tracker.name}))
        ], "Remove", async data => {
            if (data.get("confirm").trim() !== tracker.name) throw new Error("This is not its name, so nothing was removed.");
            const query = "?confirm=" + encodeURIComponent(tracker.name) + "&reports=" + (data.get("reports") ?? "keep");
            await send("DELETE", "setup/trackers/" + tracker.id + query);
            await this.load();
            this.refresh();
        }, "danger");
    }
}

const action = (tracker, text, click) => rowButton(text, tracker.name, click);
