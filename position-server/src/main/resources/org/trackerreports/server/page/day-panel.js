import {address} from "./api.js";
import {announce, button, byId, coloured, debounced, h, icon, iconButton, show, Signal} from "./dom.js";
import {addDays, count, dayInWords, dayOf, dayStart, dayTitle, iso, metres, now, today} from "./format.js";
import {badges, seen} from "./list.js";
import {crossed, reported} from "./live.js";
import {colourOf, loadTrack, trackers} from "./model.js";
import {Calendar} from "./calendar.js";
import {Playback} from "./playback.js";
import {makeRoom, makeTall} from "./sheet.js";
import {go, hasLayer, state} from "./state.js";
import {reportList, timeline} from "./timeline.js";
import {asTrack, summary} from "./track.js";

/** One day of one tracker or of several. */
export class DayPanel {
    /** New tracks are there: the list, and whether the map should show all of them. */
    shown = new Signal();
    /** Something in the list was chosen: where it is. */
    pointed = new Signal();
    tracks = [];
    #loading = null;
    #loaded = "";

    /** @param actions `add` to choose further trackers, `share` to make a link */
    constructor(actions) {
        this.calendar = new Calendar();
        this.playback = new Playback();
        this.title = h("h2", {class: "day-title", tabindex: "-1"});
        this.note = h("p", {class: "note"});
        this.badges = h("span", {class: "badges"});
        this.chips = h("ul", {class: "chips", "aria-label": "Trackers shown"});
        this.dayButton = h("button", {
            type: "button", class: "day-button", id: "day", "aria-expanded": "false", "aria-haspopup": "dialog", on: {click: () => this.#toggleCalendar()}
        });
        this.next = iconButton("right", "Next day", () => this.step(1), {id: "next-day"});
        this.content = h("div", {class: "scroll day-scroll"});
        byId("view-day").append(
            h("div", {class: "day-head peek"},
                iconButton("back", "Back to all trackers", () => this.close(), {id: "back"}),
                h("div", {class: "day-who"}, h("div", {class: "day-name"}, this.title, this.badges), this.note),
                iconButton("plus", "Show another tracker, too", () => actions.add(state.trackers)),
                this.share = iconButton("share", "Share", () => actions.share(state.trackers, this.day))),
            this.chips,
            h("div", {class: "day-nav peek"},
                iconButton("left", "Day before", () => this.step(-1), {id: "day-before"}), this.dayButton, this.next),
            this.calendar.element, this.playback.element, this.content);
        this.calendar.chosen.on(day => {
            this.calendar.close();
            makeRoom();
            go({day});
            this.dayButton.focus();
        });
        const again = debounced(400, () => this.load(true));
        reported.on(id => this.isLive && state.trackers.includes(id) && again());
        crossed.on(data => this.isLive && state.trackers.includes(data.tracker_id) && again());
        trackers.changed.on(() => this.#head());
        setInterval(() => this.#head(), 30_000);
    }

    /** The day that is shown: the chosen one, or the latest with a report. */
    get day() {
        if (state.day) return state.day;
        const times = state.trackers.map(id => trackers.byId.get(id)?.position?.time).filter(Boolean);
        return times.length ? dayOf(Math.max(...times)) : today();
    }

    get isLive() {
        return state.trackers.length > 0 && this.day === today();
    }

    close() {
        this.calendar.close();
        this.playback.stop();
        go({trackers: [], day: null});
    }

    step(by) {
        const day = addDays(this.day, by);
        if (day <= today()) go({day}, false);
    }

    #toggleCalendar() {
        if (this.calendar.isOpen) {
            this.calendar.close();
            return;
        }
        makeTall();
        this.calendar.open(state.trackers, this.day, this.dayButton);
    }

    /** Loads the day. @param again whether it is the same day with new reports, so that nothing else moves */
    async load(again = false) {
        this.#loading?.abort();
        if (state.trackers.length === 0) {
            this.tracks = [];
            this.#loaded = "";
            this.shown.emit([], false);
            return;
        }
        await Promise.all(state.trackers.map(id => trackers.find(id))).catch(() => {});
        const day = this.day, from = dayStart(day), to = Math.min(dayStart(day, 1) - 1, Math.ceil(now()));
        const key = state.trackers.join() + "/" + day;
        const loading = this.#loading = new AbortController();
        this.#head();
        if (!again && this.#loaded !== key) this.content.replaceChildren(placeholder());
        try {
            const found = await Promise.all(state.trackers.filter(id => trackers.byId.has(id)).map(id =>
                loadTrack(id, from, to, hasLayer("flags"), iso, loading.signal)));
            this.tracks = found.map(track => this.#prepare(track, found.length > 1));
        } catch (error) {
            if (error.name === "AbortError") return;
            this.content.replaceChildren(h("p", {class: "trouble", role: "alert", text: error.message}));
            return;
        }
        this.#show(day, from, to, again || this.#loaded === key);
        this.#loaded = key;
    }

    #prepare(track, several) {
        return asTrack({...track, several, name: trackers.byId.get(track.id).name, colour: colourOf(track.id)});
    }

    #show(day, from, to, again) {
        const choose = (track, each) => {
            this.playback.set(each.from);
            this.pointed.emit(track, each);
        };
        const nothing = this.tracks.every(track => track.line.length + track.wrong.length === 0);
        const scrolled = this.content.scrollTop;
        const open = this.content.querySelector("details[open]") !== null;
        this.content.replaceChildren(...(nothing ? this.#noReports() : [
            ...this.tracks.map(track => sums(track)),
            timeline(this.tracks, choose),
            ...this.tracks.flatMap(track => [reportList(track, choose), downloads(track, day, {from: iso(from), to: iso(to)})])
        ]));
        if (again) this.content.scrollTop = scrolled;
        if (again && open) this.content.querySelector("details").open = true;
        if (!again) announce(dayInWords(day) + ": " + count(this.tracks.reduce((sum, track) => sum + track.line.length, 0), "report"));
        this.shown.emit(this.tracks, !again && !nothing);
        this.playback.show(this.tracks, from, to, again);
    }

    #noReports() {
        const latest = state.trackers.map(id => trackers.byId.get(id)?.position?.time).filter(Boolean);
        return [h("div", {class: "empty small"}, h("h3", {text: "No report on this day"}),
            latest.length ? button("Go to " + dayTitle(dayOf(Math.max(...latest))), () => go({day: dayOf(Math.max(...latest))}))
                : h("p", {text: "No report has come yet. ./findmy tools explain TRACKER says why."}))];
    }

    #head() {
        if (state.trackers.length === 0) return;
        const chosen = state.trackers.map(id => trackers.byId.get(id)).filter(Boolean);
        const [only] = chosen;
        const one = chosen.length === 1;
        this.title.textContent = one ? only.name : chosen.length ? count(chosen.length, "tracker") : "Unknown tracker";
        this.note.textContent = one ? [seen(only), only.place ?? only.position?.city].filter(Boolean).join(" · ") : "";
        show(this.note, one);
        this.badges.replaceChildren(...(one ? badges(only).children : []));
        show(this.chips, chosen.length > 1);
        this.chips.replaceChildren(...(one ? [] : chosen.map(tracker => coloured(h("li", {class: "tracker-chip"},
            h("span", {class: "dot small"}), h("span", {text: tracker.name}),
            iconButton("close", "Leave out " + tracker.name, () => go({trackers: state.trackers.filter(id => id !== tracker.id)}, false))),
        tracker.colour))));
        const day = this.day;
        this.dayButton.replaceChildren(icon("calendar"), h("span", {text: dayTitle(day)}), icon("down"));
        this.dayButton.setAttribute("aria-label", dayInWords(day) + ". Choose a day");
        this.next.disabled = day >= today();
    }
}

/** What the day will look like, while it is loaded. */
function placeholder() {
    const grey = name => h("span", {class: "grey " + name});
    return h("div", {class: "placeholder", role: "status", "aria-label": "Loading …"},
        h("div", {class: "facts"}, grey("fact"), grey("fact"), grey("fact")), ...[1, 2, 3, 4].map(() => grey("line")));
}

/** The reports of the day as files for other programs. */
function downloads(track, day, range) {
    const link = ([format, text]) => h("a", {
        href: address("trackers/" + track.id + "/reports", {...range, format}), download: track.name + " " + day + "." + format, text
    });
    return h("p", {class: "downloads note"}, "Download" + (track.several ? " " + track.name : ""),
        ...[["gpx", "GPX"], ["geojson", "GeoJSON"], ["csv", "CSV"]].map(link));
}

function sums(track) {
    const {reports, stays, metres: way} = summary(track);
    if (track.several) {
        return coloured(h("p", {class: "facts-line"}, h("span", {class: "dot small"}), h("strong", {text: track.name}),
            h("span", {class: "note", text: [metres(way), count(reports, "report"), count(stays, "stay")].join(" · ")})), track.colour);
    }
    const fact = (value, what) => h("div", {class: "fact"}, h("strong", {text: value}), h("span", {text: what}));
    return h("div", {class: "facts"}, fact(metres(way), "at least"),
        fact(reports.toLocaleString(), reports === 1 ? "report" : "reports"), fact(String(stays), stays === 1 ? "stay" : "stays"));
}
