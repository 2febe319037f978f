import {all, get, pages} from "./api.js";
import {Signal} from "./dom.js";
import {fromIso} from "./format.js";

/** What the page knows of the trackers, as the API gives it, with times in seconds. */

/** So many trackers are kept in memory; of more, search and order are left to the server. */
const MOST_TRACKERS = 10_000;
const FIRST_PAGE = 1000;

/** A report with one of these flags is left out unless asked for; other flags mean that it is uncertain. */
const WRONG = new Set(["SPEED", "SPIKE", "NULL_ISLAND", "FUTURE", "COORDINATES_OUT_OF_RANGE"]);

/** Clear on light and on dark ground; by id, so that a tracker keeps its colour. */
const COLOURS = ["#2f74f0", "#e8590c", "#12a06f", "#b04fd0", "#e0457b", "#0fa3b8", "#c98b00", "#7b61f0", "#6f9f1a", "#e03b3b", "#4f82a6", "#b0683a"];

export const colourOf = id => COLOURS[(id - 1) % COLOURS.length];

export function position(json) {
    if (!json || json.lat === null || json.lat === undefined) return null;
    const flags = json.flags ?? [];
    return {
        time: fromIso(json.event_time), received: fromIso(json.received_time), lat: json.lat, lon: json.lon,
        accuracy: json.accuracy_m ?? null, confidence: json.confidence ?? null, battery: json.battery ?? null,
        city: json.nearest_city ?? "", flags, wrong: flags.some(flag => WRONG.has(flag))
    };
}

function tracker(json) {
    return {
        id: json.id, name: json.name, labels: json.labels ?? {}, position: position(json.position), battery: json.battery ?? null,
        silentSince: fromIso(json.silent_since), place: json.place ?? null, colour: colourOf(json.id)
    };
}

class Trackers {
    changed = new Signal();
    byId = new Map();
    loaded = false;
    /** False if there are more than are in memory. */
    complete = false;
    /** Where the feed of events was when loading began. */
    feed = null;

    /** Loads all of them; the first ones are there as soon as possible. */
    async load() {
        const fresh = new Map();
        let feed = null;
        for await (const page of pages("trackers", {sort: "last_seen", limit: FIRST_PAGE})) {
            feed ??= page.feed;
            page.trackers.forEach(each => fresh.set(each.id, tracker(each)));
            const isEnough = !page.next || fresh.size >= MOST_TRACKERS;
            if (isEnough || !this.loaded || fresh.size > this.byId.size) this.#replace(new Map(fresh), !page.next);
            if (isEnough) {
                this.feed = feed;
                return;
            }
        }
    }

    #replace(fresh, complete) {
        this.byId = fresh;
        this.complete = complete;
        this.loaded = true;
        this.changed.emit();
    }

    /** One that may not be in memory; undefined if there is none. */
    async find(id) {
        if (!this.byId.has(id)) await this.reload(id);
        return this.byId.get(id);
    }

    async reload(id) {
        try {
            const json = await get("trackers/" + id);
            this.byId.set(id, tracker(json));
        } catch (error) {
            if (error.status !== 404) throw error;
            this.byId.delete(id);
        }
        this.changed.emit();
    }

    /** What the server finds, for more trackers than are in memory. */
    async search(query, sort, label) {
        const page = await get("trackers", {q: query, sort: sort === "name" ? "name" : "last_seen", label, limit: 500});
        return page.trackers.map(tracker);
    }

    /** One of the map that is not in memory. */
    fromFeature({geometry, properties}) {
        const [lon, lat] = geometry.coordinates;
        return tracker({...properties, position: {...properties, lat, lon}});
    }

    /** Takes over a report that arrived; says whether it is now the latest. */
    moved(id, report) {
        const known = this.byId.get(id);
        if (!known || report.wrong || (known.position && known.position.time > report.time)) return false;
        known.position = report;
        known.battery = report.battery ?? known.battery;
        known.silentSince = null;
        return true;
    }

    put(json) {
        const before = this.byId.get(json.id);
        this.byId.set(json.id, {...tracker(json), place: json.place ?? before?.place ?? null});
    }

    /** Labels that trackers have, as "key=value", by how many have them. */
    labels() {
        const counts = new Map();
        for (const {labels} of this.byId.values()) {
            for (const [key, value] of Object.entries(labels)) {
                const label = key + "=" + value;
                counts.set(label, (counts.get(label) ?? 0) + 1);
            }
        }
        return [...counts].sort(([one], [other]) => one.localeCompare(other));
    }
}

export const trackers = new Trackers();

class Places {
    changed = new Signal();
    all = [];

    async load() {
        this.all = await all("places", "places", {}, 5000);
        this.changed.emit();
    }

    remove(gone) {
        this.all = this.all.filter(({id}) => id !== gone);
        this.changed.emit();
    }

    put(place) {
        this.all = [...this.all.filter(({id}) => id !== place.id), place];
        this.changed.emit();
    }

    withAlert(name) {
        return this.all.some(place => place.alert && place.name === name);
    }
}

export const places = new Places();

/** So many reports of one tracker and day are shown. */
const MOST_REPORTS = 20_000;

/** Everything about a tracker between two times (seconds). */
export async function loadTrack(id, from, to, withFlags, iso, signal) {
    const range = {from: iso(from), to: iso(to)};
    const reports = {...range, flags: withFlags ? "with" : "without", twins: "collapse", limit: 5000};
    const [found, stays, trips, transitions] = await Promise.all([
        all("trackers/" + id + "/reports", "reports", reports, MOST_REPORTS, signal),
        all("trackers/" + id + "/stays", "stays", range, 1000, signal),
        all("trackers/" + id + "/trips", "trips", range, 1000, signal),
        all("trackers/" + id + "/transitions", "transitions", range, 1000, signal)
    ]);
    return {
        id,
        points: found.map(position).filter(point => point !== null),
        stays: stays.map(stay),
        trips: trips.map(trip => ({from: fromIso(trip.from), to: fromIso(trip.to), metres: trip.length_m})),
        transitions: transitions.filter(each => !each.withdrawn).map(transition)
    };
}

export const stay = json => ({
    from: fromIso(json.from), to: fromIso(json.to), lat: json.lat, lon: json.lon, certain: json.certain_seconds,
    assumed: json.assumed, name: json.place ?? json.nearest_city ?? ""
});

export const transition = json => ({
    id: json.id, tracker: json.tracker, trackerId: json.tracker_id, place: json.place, placeId: json.place_id,
    entered: json.direction === "entered", time: fromIso(json.event_time), late: json.late
});
