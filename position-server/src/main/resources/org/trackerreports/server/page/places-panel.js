import {get, send} from "./api.js";
import {button, byId, h, icon, iconButton, Signal, toast} from "./dom.js";
import {ago, count, length, metres, moment} from "./format.js";
import {crossed} from "./live.js";
import {places, trackers, transition} from "./model.js";
import {PlaceEditor} from "./place-editor.js";
import {changed, go, state} from "./state.js";

/** So many trackers are listed in a place. */
const MOST_HERE = 100;

/** The places: a list, one of them with who came and went, and the form for a new or changed one. */
export class PlacesPanel {
    /** A place was chosen: it is to be seen. */
    pointed = new Signal();
    #editor = null;
    #drawn = "";
    /** Shows again who is in the places, as trackers move. */
    #showHere = () => {};

    constructor(session, map) {
        this.mayWrite = session.scopes.includes("places");
        this.map = map;
        this.root = byId("view-places");
        places.changed.on(() => this.render());
        trackers.changed.on(() => this.#showHere());
        changed.on((after, before) => (after.view !== before.view || after.place !== before.place) && this.render());
        crossed.on(() => state.view === "places" && !this.#editor && this.render());
    }

    render() {
        const wanted = state.view === "places" ? state.place ?? "list" : "none";
        if (this.#editor && wanted === this.#drawn) return;
        this.#leaveEditor();
        this.#showHere = () => {};
        this.#drawn = wanted;
        if (wanted === "none") return;
        if (wanted === "new") this.#edit(null);
        else if (wanted === "list") this.#list();
        else this.#one(places.all.find(place => place.id === wanted));
    }

    #head(title, back, ...actions) {
        return h("div", {class: "day-head peek"}, iconButton("back", "Back", back),
            h("div", {class: "day-who"}, h("h2", {class: "day-title", text: title})), ...actions);
    }

    #list() {
        const sorted = [...places.all].sort((one, other) => one.name.localeCompare(other.name));
        const notes = new Map(sorted.map(place => [place, h("span", {class: "note"})]));
        this.#showHere = () => {
            const inside = new Map();
            for (const {place} of trackers.byId.values()) if (place) inside.set(place, (inside.get(place) ?? 0) + 1);
            notes.forEach((note, place) => note.textContent =
                [size(place), inside.has(place.name) ? count(inside.get(place.name), "tracker") + " here" : ""].filter(Boolean).join(" · "));
        };
        this.#showHere();
        const rows = sorted.map(place => h("li", {class: "plain-row"},
            h("button", {type: "button", class: "moment", on: {click: () => this.#open(place)}},
                h("span", {class: "moment-mark place"}, icon("place")),
                h("span", {class: "row-text"}, h("span", {class: "name", text: place.name}), notes.get(place)),
                h("span", {class: "badges"}, place.alert ? h("span", {class: "badge", title: "Alerts"}, icon("bell"), h("span", {class: "for-the-ear", text: "Alerts"})) : null))));
        this.root.replaceChildren(
            this.#head("Places", () => go({view: "list", place: null}),
                this.mayWrite ? button("New", () => go({place: "new"}), "button small primary", icon("plus")) : null),
            h("div", {class: "scroll"}, rows.length ? h("ul", {class: "plain-list"}, ...rows)
                : h("div", {class: "empty small"}, h("div", {class: "empty-picture"}, icon("place")), h("h3", {text: "No places yet"}),
                    h("p", {text: "A place tells you who comes and goes: home, a garage, a customer."}))));
    }

    #open(place) {
        go({place: place.id});
        this.pointed.emit(place);
    }

    async #one(place) {
        if (!place) {
            this.#list();
            return;
        }
        const log = h("ol", {class: "timeline"});
        const here = h("div", {});
        this.#showHere = () => here.replaceChildren(...hereNow(place));
        this.#showHere();
        this.root.replaceChildren(
            this.#head(place.name, () => go({place: null}),
                this.mayWrite ? iconButton("edit", "Change this place", () => this.#edit(place)) : null),
            h("div", {class: "scroll"},
                h("p", {class: "place-facts note", text: [size(place), place.alert ? "with alerts" : "without alerts",
                    place.dwell_seconds ? "after " + length(place.dwell_seconds) : ""].filter(Boolean).join(" · ")}),
                here, h("h3", {class: "section", text: "Came and went"}), log));
        try {
            const page = await get("places/" + place.id + "/transitions", {from: "30d", sort: "newest", limit: 200});
            const mine = page.transitions.map(transition);
            log.replaceChildren(...mine.map(each => h("li", {class: "timeline-row " + (each.entered ? "entered" : "left")},
                h("div", {class: "moment"}, h("span", {class: "moment-mark"}, icon(each.entered ? "enter" : "leave")),
                    h("span", {class: "row-text"}, h("span", {class: "name", text: each.tracker + (each.entered ? " entered" : " left")}),
                        h("span", {class: "note", text: moment(each.time) + (each.late ? " · noticed late" : "")}))))));
            if (mine.length === 0) log.append(h("li", {class: "note padded", text: "Nobody in the last 30 days."}));
        } catch (error) {
            log.append(h("li", {class: "trouble", text: error.message}));
        }
    }

    #edit(place) {
        this.#leaveEditor();
        this.#drawn = state.place;
        this.#editor = new PlaceEditor(this.map, place);
        const done = () => {
            this.#leaveEditor();
            if (place) this.render();
            else go({place: null});
        };
        const form = this.#editor.form(place ? "Save" : "Add", done);
        form.addEventListener("submit", event => {
            event.preventDefault();
            this.#save(place, done);
        });
        this.root.replaceChildren(
            this.#head(place ? "Change place" : "New place", done,
                place ? iconButton("trash", "Remove this place", () => this.#remove(place)) : null),
            h("div", {class: "scroll"}, form));
        if (place) this.pointed.emit(place);
        this.#editor.start();
    }

    async #save(place, done) {
        const problem = this.#editor.problem;
        problem.hidden = true;
        try {
            const body = this.#editor.value();
            const saved = place ? await send("PUT", "places/" + place.id, body) : await send("POST", "places", body);
            this.#leaveEditor();
            places.put(saved);
            toast("Saved. Past transitions are computed again.");
            if (place) done();
            else go({place: saved.id}, false);
        } catch (error) {
            problem.hidden = false;
            problem.textContent = [error.message, error.nextStep].filter(Boolean).join(" ");
        }
    }

    #remove(place) {
        const dialog = byId("dialog");
        dialog.replaceChildren(h("h2", {text: "Remove " + place.name + "?"}),
            h("p", {text: "Its transitions are removed, too. Positions stay."}),
            h("div", {class: "dialog-actions"}, button("Cancel", () => dialog.close(), "button quiet"),
                button("Remove", async () => {
                    dialog.close();
                    try {
                        await send("DELETE", "places/" + place.id);
                        this.#leaveEditor();
                        go({place: null}, false);
                        places.remove(place.id);
                    } catch (error) {
                        toast(error.message, "bad");
                    }
                }, "button danger")));
        dialog.showModal();
    }

    #leaveEditor() {
        this.#editor?.stop();
        this.#editor = null;
    }
}

/** The trackers that are in a place. */
const inside = place => [...trackers.byId.values()].filter(tracker => tracker.place === place.name);

function hereNow(place) {
    const here = inside(place);
    return [
        h("h3", {class: "section", text: here.length ? "Here now" : "Nobody is here now"}),
        h("ul", {class: "plain-list"}, ...here.slice(0, MOST_HERE).map(tracker => h("li", {class: "plain-row"},
            h("button", {type: "button", class: "moment", on: {click: () => go({view: "list", place: null, trackers: [tracker.id], day: null})}},
                dot(tracker), h("span", {class: "row-text"}, h("span", {class: "name", text: tracker.name}),
                    h("span", {class: "note", text: "Seen " + ago(tracker.position.time)})))))),
        here.length > MOST_HERE ? h("p", {class: "note padded", text: "and " + count(here.length - MOST_HERE, "other")}) : ""
    ];
}

const size = place => place.corners ? count(place.corners.length, "corner") : metres(place.radius_m) + " around";

function dot(tracker) {
    const made = h("span", {class: "dot"});
    made.style.setProperty("--colour", tracker.colour);
    return made;
}
