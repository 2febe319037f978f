import {get} from "./api.js";
import {h, iconButton, show, Signal} from "./dom.js";
import {addDays, count, dayInWords, dayOf, dayStart, fromIso, iso, monthName, today, weekdays, zone} from "./format.js";

/** A month of days; those with reports are marked, stronger the more there are. */
export class Calendar {
    chosen = new Signal();
    /** Reports by day, of the months that were looked at. */
    #counts = new Map();
    #key = "";

    constructor() {
        this.title = h("p", {class: "calendar-title", "aria-live": "polite"});
        this.grid = h("div", {class: "calendar-grid", role: "group", "aria-label": "Days", on: {keydown: event => this.#keys(event)}});
        this.next = iconButton("right", "Next month", () => this.#turn(1));
        this.element = h("div", {class: "calendar", role: "dialog", "aria-label": "Choose a day", hidden: true, on: {keydown: event => event.key === "Escape" && this.#escape(event)}},
            h("div", {class: "calendar-head"}, iconButton("left", "Month before", () => this.#turn(-1)), this.title, this.next),
            h("div", {class: "calendar-week", "aria-hidden": "true"}, ...weekdays().map(({narrow, name}) => h("span", {text: narrow, title: name}))),
            this.grid);
    }

    /** @param ids the trackers whose days are marked */
    async open(ids, day, opener) {
        this.opener = opener;
        this.ids = ids;
        this.day = day;
        [this.year, this.month] = day.split("-").map((part, index) => Number(part) - (index === 1 ? 1 : 0));
        show(this.element, true);
        opener.setAttribute("aria-expanded", "true");
        await this.#draw();
        this.#focus(this.day);
    }

    get isOpen() {
        return !this.element.hidden;
    }

    close() {
        if (!this.isOpen) return;
        show(this.element, false);
        this.opener.setAttribute("aria-expanded", "false");
    }

    #escape(event) {
        event.stopPropagation();
        this.close();
        this.opener.focus();
    }

    async #turn(by) {
        const at = new Date(this.year, this.month + by, 1);
        this.year = at.getFullYear();
        this.month = at.getMonth();
        await this.#draw();
    }

    async #draw() {
        this.title.textContent = monthName(this.year, this.month);
        const first = dayOf(new Date(this.year, this.month, 1).getTime() / 1000);
        const end = dayOf(new Date(this.year, this.month + 1, 1).getTime() / 1000);
        this.next.disabled = end > today();
        this.#days(first, end);
        const key = this.ids.join() + "/" + first;
        this.#key = key;
        if (!this.#counts.has(key) || end > today()) {
            this.#counts.set(key, await this.#load(first, end).catch(() => new Map()));
        }
        if (this.#key === key) this.#days(first, end, this.#counts.get(key));
    }

    async #load(first, end) {
        const query = {by: "day", zone, from: iso(dayStart(first)), to: iso(dayStart(end) - 1), limit: 100};
        const found = new Map();
        await Promise.all(this.ids.map(async id => {
            for (const {start_time, reports} of (await get("trackers/" + id + "/history", query)).history) {
                const day = dayOf(fromIso(start_time));
                found.set(day, (found.get(day) ?? 0) + reports);
            }
        }));
        return found;
    }

    #days(first, end, counts = new Map()) {
        const before = (new Date(this.year, this.month, 1).getDay() + 6) % 7;
        const cells = Array.from({length: before}, () => h("span"));
        const most = Math.max(1, ...counts.values());
        for (let day = first; day < end; day = addDays(day, 1)) {
            const reports = counts.get(day) ?? 0;
            const cell = h("button", {
                type: "button", class: "calendar-day" + (reports ? " has-data" : ""), text: String(Number(day.slice(8))), "data-day": day,
                "aria-label": dayInWords(day) + (reports ? ", " + count(reports, "report") : ", no report"),
                "aria-current": day === this.day ? "date" : null, disabled: day > today(), tabindex: day === this.day ? 0 : -1,
                on: {click: () => this.chosen.emit(day)}
            });
            if (reports) cell.style.setProperty("--strength", 0.25 + 0.75 * Math.sqrt(reports / most));
            cells.push(cell);
        }
        const focused = this.grid.contains(document.activeElement) ? document.activeElement.dataset.day : null;
        this.grid.replaceChildren(...cells);
        if (focused) this.#focus(focused);
        else if (!this.grid.querySelector("[tabindex='0']")) this.grid.querySelector("button:not(:disabled)")?.setAttribute("tabindex", "0");
    }

    #focus(day) {
        this.grid.querySelector("[data-day='" + day + "']")?.focus();
    }

    async #keys(event) {
        const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7}[event.key];
        const from = document.activeElement?.dataset.day;
        if (!step || !from) return;
        event.preventDefault();
        event.stopPropagation();
        const day = addDays(from, step);
        if (day > today()) return;
        if (day.slice(0, 7) !== from.slice(0, 7)) await this.#turn(Math.sign(step));
        this.#focus(day);
    }
}
