import {coloured, h, icon, iconButton} from "./dom.js";
import {ago} from "./format.js";
import {freshness} from "./latest-painter.js";
import {places} from "./model.js";
import {RowDrag} from "./row-drag.js";

/**
 * The list of trackers. Only the rows in view are in the document, so that ten thousand scroll as well as ten. It is one stop of the
 * Tab key; the arrow keys move inside.
 */
const ROW = 64;
const BEYOND = 8;

export class TrackerList {
    /**
     * @param choose is called with the id of a row that was chosen, and whether it goes together with others
     * @param move is called with an id and how many rows further it goes, if the order is the user's own
     */
    constructor(choose, move) {
        this.choose = choose;
        this.move = move;
        this.drag = new RowDrag(this, ROW);
        this.rows = [];
        this.marked = null;
        this.ownOrder = false;
        this.current = 0;
        this.made = new Map();
        this.space = h("ul", {class: "rows", role: "list", "aria-label": "Trackers"});
        this.element = h("div", {class: "scroll list-scroll", on: {scroll: () => this.render(), keydown: event => this.#key(event)}}, this.space);
        new ResizeObserver(() => this.render()).observe(this.element);
    }

    /**
     * @param rows the trackers in order
     * @param marked the ids that are ticked, or null if rows are opened instead of ticked
     */
    show(rows, marked, ownOrder) {
        // The rows stay under the finger; they are shown again when it is lifted.
        if (this.drag.id !== null) return;
        this.rows = rows;
        this.marked = marked;
        this.ownOrder = ownOrder;
        this.current = Math.max(0, Math.min(this.current, rows.length - 1));
        this.space.style.height = rows.length * ROW + "px";
        this.made.forEach(row => row.stale = true);
        this.render();
    }

    /** Puts the rows in view into the document. */
    render() {
        const first = Math.max(0, Math.floor(this.element.scrollTop / ROW) - BEYOND);
        const last = Math.min(this.rows.length, Math.ceil((this.element.scrollTop + this.element.clientHeight) / ROW) + BEYOND);
        const wanted = new Set(this.rows.slice(first, last).map(tracker => tracker.id));
        const focused = this.rows[this.current]?.id;
        if (focused !== undefined) wanted.add(focused);
        for (const [id, row] of this.made) {
            if (!wanted.has(id)) {
                row.element.remove();
                this.made.delete(id);
            }
        }
        const shown = [];
        for (let index = first; index < last; index++) shown.push(index);
        if (focused !== undefined && !shown.includes(this.current)) shown.push(this.current);
        shown.sort((one, other) => one - other).forEach(index => this.#place(index));
        this.#arrange(shown);
    }

    /** Puts the rows into their order in the document, too, which is the one that a screen reader follows. */
    #arrange(shown) {
        // An element that is moved in the document loses the finger that holds it.
        if (this.drag.id !== null) return;
        const focused = this.space.contains(document.activeElement) ? document.activeElement : null;
        let before = null;
        for (const index of shown) {
            const {element} = this.made.get(this.rows[index].id);
            if (element.previousElementSibling !== before) {
                if (before) before.after(element);
                else this.space.prepend(element);
            }
            before = element;
        }
        if (focused && document.activeElement !== focused) focused.focus({preventScroll: true});
    }

    #place(index) {
        const tracker = this.rows[index];
        let row = this.made.get(tracker.id);
        if (!row) {
            row = this.#make(tracker.id);
            this.made.set(tracker.id, row);
            this.space.append(row.element);
        }
        if (row.stale || row.tracker !== tracker) this.#fill(row, tracker);
        const isDragged = this.drag.id === tracker.id;
        row.element.classList.toggle("dragged", isDragged);
        row.element.style.transform = "translateY(" + (isDragged ? this.drag.top : index * ROW) + "px)";
        row.element.setAttribute("aria-posinset", index + 1);
        row.element.setAttribute("aria-setsize", this.rows.length);
        row.open.tabIndex = index === this.current ? 0 : -1;
    }

    #make(id) {
        const open = h("button", {
            type: "button", class: "row-open", on: {
                click: event => {
                    this.current = this.rows.findIndex(tracker => tracker.id === id);
                    this.choose(id, event.ctrlKey || event.metaKey || event.shiftKey);
                }
            }
        });
        return {element: h("li", {class: "row"}, open), open, stale: true};
    }

    #fill(row, tracker) {
        row.tracker = tracker;
        row.stale = false;
        const isMarked = this.marked?.has(tracker.id);
        const dot = coloured(h("span", {class: this.marked ? "tick" : "dot"}, this.marked && isMarked ? icon("check") : null), tracker.colour);
        if (tracker.position) dot.style.setProperty("--strength", freshness(tracker.position.time));
        else dot.classList.add("never");
        const note = h("span", {class: "note"}, h("span", {class: "age", text: seen(tracker)}));
        const where = tracker.place ?? tracker.position?.city;
        if (where) note.append(" · " + where);
        row.open.replaceChildren(dot, h("span", {class: "row-text"}, h("span", {class: "name", text: tracker.name}), note), badges(tracker));
        if (this.marked) row.open.setAttribute("aria-pressed", String(isMarked));
        else row.open.removeAttribute("aria-pressed");
        row.element.querySelector(".row-move")?.remove();
        if (this.ownOrder) row.element.append(this.#moves(tracker));
    }

    #moves(tracker) {
        const step = (name, label, by) => iconButton(name, label + " " + tracker.name, () => this.move(tracker.id, by), {tabindex: "-1"});
        const grip = iconButton("grip", "Drag " + tracker.name + " to its place", () => {}, {class: "icon-button grip", tabindex: "-1"});
        grip.addEventListener("pointerdown", event => event.button === 0 && this.drag.begin(event, tracker.id));
        return h("span", {class: "row-move"}, step("up", "Move up", -1), step("down", "Move down", 1), grip);
    }

    #key(event) {
        const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 1);
        const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -this.rows.length, End: this.rows.length};
        const step = steps[event.key];
        if (!step || this.rows.length === 0) return;
        event.preventDefault();
        if (event.altKey && this.ownOrder && Math.abs(step) === 1) this.move(this.rows[this.current].id, step);
        this.focus(Math.max(0, Math.min(this.rows.length - 1, this.current + step)));
    }

    /** Moves the focus to a row. */
    focus(index = this.current) {
        if (this.rows.length === 0) return;
        this.current = Math.min(index, this.rows.length - 1);
        const top = this.current * ROW;
        if (top < this.element.scrollTop) this.element.scrollTop = top;
        if (top + ROW > this.element.scrollTop + this.element.clientHeight) this.element.scrollTop = top + ROW - this.element.clientHeight;
        this.render();
        this.made.get(this.rows[this.current].id).open.focus({preventScroll: true});
    }
}

export const seen = tracker => tracker.position ? "Seen " + ago(tracker.position.time) : "Not seen yet";

/** What deserves a look: silence, a battery that is not full, a place with alerts. */
export function badges(tracker) {
    const found = h("span", {class: "badges"});
    const add = (name, text, kind = "") => found.append(
        h("span", {class: "badge " + kind, title: text}, icon(name), h("span", {class: "for-the-ear", text})));
    if (tracker.place && places.withAlert(tracker.place)) add("bell", "In " + tracker.place + ", which has alerts");
    if (tracker.silentSince) add("silent", "Silent", "warn");
    if (tracker.battery === "medium") add("battery-medium", "Battery medium");
    if (tracker.battery === "low" || tracker.battery === "critical") add("battery", "Battery " + tracker.battery, "warn");
    return found;
}
