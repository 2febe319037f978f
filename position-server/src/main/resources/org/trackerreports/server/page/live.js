import {address} from "./api.js";
import {debounced, Signal} from "./dom.js";
import {places, position, trackers} from "./model.js";

/** Follows the server's events and keeps what is in memory up to date. */

const FIRST_WAIT = 2000, LONGEST_WAIT = 60_000;

/** Reports of a tracker were stored or judged anew. */
export const reported = new Signal();
/** A tracker entered or left a place. */
export const crossed = new Signal();
/** "live", or "waiting" while there is no connection. */
export const connection = new Signal();

let source = null, wait = FIRST_WAIT, later = 0, lastPlace = null;

const tell = debounced(80, () => trackers.changed.emit());
const reloads = new Map();

/** What an event does not say, such as the place, is asked for soon, once for many events. */
function reloadSoon(id) {
    clearTimeout(reloads.get(id));
    reloads.set(id, setTimeout(() => {
        reloads.delete(id);
        trackers.reload(id).catch(() => {});
    }, 700));
}

const handlers = {
    position({type, data}) {
        const report = position(data);
        const latest = report !== null && type === "report.stored" && trackers.moved(data.tracker_id, report);
        if (latest) tell();
        if (type === "report.revised" || !trackers.byId.has(data.tracker_id)) reloadSoon(data.tracker_id);
        reported.emit(data.tracker_id, report);
    },
    transition({data}) {
        reloadSoon(data.tracker_id);
        crossed.emit(data);
    },
    tracker({type, data}) {
        if (type === "tracker.changed") trackers.put(data);
        else if (type === "tracker.removed") trackers.byId.delete(data.id);
        else reloadSoon(data.tracker_id);
        tell();
    },
    reset() {
        beginAgain();
    }
};

/**
 * Loads everything and follows from there. The new stream tells what happened while it was loaded: a change of what an early page had
 * said already would be lost otherwise.
 */
async function beginAgain() {
    stop();
    try {
        await Promise.all([trackers.load(), places.load()]);
    } catch {
        tryLater();
        return;
    }
    lastPlace = null;
    follow();
    for (const id of trackers.byId.keys()) reported.emit(id, null);
}

function tryLater() {
    connection.emit("waiting");
    clearTimeout(later);
    later = setTimeout(beginAgain, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
}

/** Asks until there is an answer. What the server refuses is an error at once; what it cannot do now is asked again. */
export async function patiently(ask) {
    for (let pause = FIRST_WAIT; ; pause = Math.min(pause * 2, LONGEST_WAIT)) {
        try {
            return await ask();
        } catch (error) {
            if (error.status !== 0 && !(error.status >= 500)) throw error;
            connection.emit("waiting");
            await new Promise(done => setTimeout(done, pause));
        }
    }
}

/** Follows from where everything was loaded, or from the last event. */
export function follow() {
    stop();
    const opened = source = new EventSource(address("events", {after: lastPlace ?? trackers.feed}));
    opened.onopen = () => {
        wait = FIRST_WAIT;
        connection.emit("live");
    };
    for (const [name, handle] of Object.entries(handlers)) {
        opened.addEventListener(name, event => {
            if (event.lastEventId) lastPlace = event.lastEventId;
            handle(event.data ? JSON.parse(event.data) : {});
        });
    }
    opened.onerror = () => {
        if (opened !== source) return;
        // The browser tries again by itself, from the last place, unless the server refused.
        if (opened.readyState === EventSource.CLOSED) tryLater();
        else connection.emit("waiting");
    };
}

// A page that the browser keeps for going back must not hold its connection: a browser has few for each server.
addEventListener("pagehide", () => stop());
addEventListener("pageshow", event => event.persisted && beginAgain());

function stop() {
    clearTimeout(later);
    source?.close();
    source = null;
}
