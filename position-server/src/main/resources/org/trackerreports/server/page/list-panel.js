import {announce, button, byId, debounced, h, icon, show} from "./dom.js";
import {emptyState} from "./empty.js";
import {count} from "./format.js";
import {TrackerList} from "./list.js";
import {places, trackers} from "./model.js";
import {changed, go, state} from "./state.js";

/** Search, order and labels over the list of trackers. */

const OWN_ORDER = "trackers.order";

export class ListPanel {
    /** @param session what this page may do */
    constructor(session) {
        this.session = session;
        this.together = null;
        this.query = "";
        this.found = null;
        this.list = new TrackerList((id, withOthers) => this.#choose(id, withOthers), (id, by) => this.#move(id, by));
        this.search = h("input", {
            id: "search", type: "search", placeholder: "Search", "aria-label": "Search trackers", autocomplete: "off", spellcheck: "false",
            on: {input: () => this.#searched(), keydown: event => event.key === "ArrowDown" && this.list.focus(0)}
        });
        this.sort = h("select", {"aria-label": "Order", on: {change: () => go({sort: this.sort.value}, false)}},
            ...[["age", "Last seen"], ["name", "Name"], ["own", "My order"]].map(([value, text]) => h("option", {value, text})));
        this.label = h("select", {"aria-label": "Label", on: {change: () => go({label: this.label.value || null}, false)}});
        this.compare = button("Together", () => this.#compare(), "chip", icon("together"));
        this.compare.title = "Choose several trackers and see their day together";
        this.bar = h("div", {class: "together-bar", hidden: true},
            this.barText = h("span", {}), button("Cancel", () => this.#compare(false), "button quiet"),
            this.barGo = button("Show day", () => this.#showTogether(), "button primary"));
        this.number = h("p", {class: "list-count", role: "status"});
        this.empty = h("div", {class: "empty", hidden: true});
        byId("view-list").append(
            h("div", {class: "search peek"}, icon("search"), this.search, h("kbd", {text: "/", "aria-hidden": "true"})),
            this.filters = h("div", {class: "filters"}, chip(this.sort), chip(this.label), this.compare),
            this.number, this.list.element, this.empty, this.bar);
        trackers.changed.on(() => this.render());
        places.changed.on(() => this.render());
        changed.on((after, before) => {
            if (after.sort !== before.sort || after.label !== before.label) this.#searched();
        });
        setInterval(() => this.render(), 30_000);
    }

    /** Searches in memory, or asks the server if there are more trackers than that. */
    #searched = debounced(60, async () => {
        this.query = this.search.value.trim();
        this.found = null;
        if (!trackers.complete && trackers.loaded && (this.query || state.label)) {
            const asked = this.query;
            const found = await trackers.search(this.query, state.sort, state.label);
            if (asked !== this.query) return;
            found.forEach(each => trackers.byId.has(each.id) || trackers.byId.set(each.id, each));
            this.found = found;
        }
        this.list.element.scrollTop = 0;
        this.render();
    });

    #rows() {
        if (this.found) return this.found.map(each => trackers.byId.get(each.id) ?? each);
        const wanted = this.query.toLowerCase();
        const [key, value] = (state.label ?? "").split(/=(.*)/s);
        const rows = [...trackers.byId.values()].filter(tracker => (!wanted || matches(tracker, wanted))
            && (!key || tracker.labels[key] === value));
        return rows.sort(orders[state.sort](ownOrder()));
    }

    render() {
        this.sort.value = state.sort;
        this.#labels();
        const rows = this.#rows();
        const all = trackers.byId.size;
        this.list.show(rows, this.together, state.sort === "own" && !this.query);
        const nothing = trackers.loaded && all === 0;
        show(this.filters, !nothing);
        show(this.list.element, !nothing);
        show(this.empty, nothing);
        if (nothing) this.empty.replaceChildren(...emptyState(this.session));
        const isAll = rows.length === all;
        this.number.textContent = !trackers.loaded ? "Loading …" : nothing ? "" : rows.length === 0 ? "No tracker matches."
            : isAll ? count(all, "tracker") + (trackers.complete ? "" : " of more; search finds the others")
                : count(rows.length, "tracker") + " of " + all.toLocaleString();
        show(this.bar, this.together !== null);
        if (this.together) {
            this.barText.textContent = this.together.size ? this.together.size + " chosen" : "Choose trackers";
            this.barGo.disabled = this.together.size === 0;
        }
        this.compare.setAttribute("aria-pressed", String(this.together !== null));
    }

    #labels() {
        const labels = trackers.labels();
        if (state.label && !labels.some(([label]) => label === state.label)) labels.push([state.label, 0]);
        show(this.label.parentElement, labels.length > 0);
        const options = labels.map(([label, many]) => label + "\n" + many).join("\n\n");
        if (options === this.options) return;
        this.options = options;
        this.label.replaceChildren(h("option", {value: "", text: "All labels"}),
            ...labels.map(([label, many]) => h("option", {value: label, text: label.replace("=", ": ") + " (" + many + ")"})));
        this.label.value = state.label ?? "";
    }

    #choose(id, withOthers) {
        if (!this.together && !withOthers) {
            go({trackers: [id], day: null});
            return;
        }
        this.together ??= new Set();
        if (!this.together.delete(id)) this.together.add(id);
        this.render();
    }

    #compare(on = this.together === null) {
        this.together = on ? new Set() : null;
        this.render();
    }

    #showTogether() {
        const chosen = [...this.together];
        this.together = null;
        this.render();
        go({trackers: chosen, day: null});
    }

    /** Begins with some trackers chosen, to add others. */
    choosing(ids) {
        this.together = new Set(ids);
        this.render();
    }

    /** Puts a tracker so many rows further. What a label or a search hides keeps its place. */
    #move(id, by) {
        const shown = this.#rows().map(tracker => tracker.id);
        const neighbour = shown[shown.indexOf(id) + by];
        if (by !== 0 && neighbour !== undefined) {
            const order = [...trackers.byId.values()].sort(orders.own(ownOrder())).map(tracker => tracker.id).filter(each => each !== id);
            order.splice(order.indexOf(neighbour) + (by > 0 ? 1 : 0), 0, id);
            localStorage.setItem(OWN_ORDER, JSON.stringify(order));
            announce(trackers.byId.get(id).name + " is now number " + (shown.indexOf(neighbour) + 1) + " of " + shown.length);
        }
        this.render();
    }
}

const chip = select => h("span", {class: "chip select"}, select, icon("down"));

/** The order that the user made, kept in this browser: tracker id to place. */
function ownOrder() {
    try {
        const kept = JSON.parse(localStorage.getItem(OWN_ORDER) ?? "[]");
        return new Map(Array.isArray(kept) ? kept.map((id, place) => [id, place]) : []);
    } catch {
        return new Map();
    }
}

const byName = (one, other) => one.name.localeCompare(other.name, undefined, {numeric: true}) || one.id - other.id;

const orders = {
    name: () => byName,
    age: () => (one, other) => (other.position?.time ?? -1) - (one.position?.time ?? -1) || byName(one, other),
    own: order => (one, other) => (order.get(one.id) ?? Infinity) - (order.get(other.id) ?? Infinity) || byName(one, other)
};

function matches(tracker, wanted) {
    return tracker.name.toLowerCase().includes(wanted) || (tracker.place ?? "").toLowerCase().includes(wanted)
        || (tracker.position?.city ?? "").toLowerCase().includes(wanted)
        || Object.values(tracker.labels).some(value => value.toLowerCase().includes(wanted));
}
