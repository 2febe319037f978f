import {coloured, h, icon} from "./dom.js";
import {ago, coordinates, count, exactTime, length, metres, timeOfDay} from "./format.js";
import {happenings} from "./track.js";

/** What happened on a day, as a list: everything that the map shows can be read and chosen here. */

const MOST_REPORTS = 500;

const pictures = {stay: "place", trip: "route", gap: "gap", entered: "enter", left: "leave"};

function words(each) {
    const span = timeOfDay(each.from) + " – " + timeOfDay(each.to);
    switch (each.kind) {
        case "stay": return [each.name || "Stay", span + " · " + length(each.to - each.from) + (each.assumed ? " · partly assumed" : "")];
        case "trip": return ["On the way", span + " · at least " + metres(each.metres)];
        case "gap": return ["No report", span + " · " + length(each.to - each.from)];
        case "entered": return ["Entered " + each.place, timeOfDay(each.from) + (each.late ? " · noticed late" : "")];
        default: return ["Left " + each.place, timeOfDay(each.from) + (each.late ? " · noticed late" : "")];
    }
}

/**
 * The list of one or more tracks.
 *
 * @param choose is called with a track and what was chosen in it
 */
export function timeline(tracks, choose) {
    const rows = tracks.flatMap(track => happenings(track).map(each => ({track, each})));
    rows.sort((one, other) => one.each.from - other.each.from);
    return h("ol", {class: "timeline"}, ...rows.map(({track, each}) => {
        const [title, note] = words(each);
        const button = h("button", {type: "button", class: "moment", on: {click: () => choose(track, each)}},
            h("span", {class: "moment-mark"}, icon(pictures[each.kind])),
            h("span", {class: "row-text"},
                h("span", {class: "name", text: tracks.length > 1 ? track.name + ": " + title : title}), h("span", {class: "note", text: note})));
        return coloured(h("li", {class: "timeline-row " + each.kind}, button), track.colour);
    }));
}

/** Every report, for those who cannot see the map and those who want to know. */
export function reportList(track, choose) {
    const points = [...track.line, ...track.wrong].sort((one, other) => other.time - one.time);
    const rows = points.slice(0, MOST_REPORTS).map(point => h("li", {},
        h("button", {type: "button", class: "report", on: {click: () => choose(track, {kind: "report", from: point.time, ...point})}},
            h("span", {class: "report-time", text: exactTime(point.time)}),
            h("span", {class: "note", text: reportNote(point)}))));
    if (points.length > MOST_REPORTS) rows.push(h("li", {class: "note", text: "and " + count(points.length - MOST_REPORTS, "earlier report")}));
    return h("details", {class: "reports"},
        h("summary", {text: count(points.length, "report") + (track.several ? " of " + track.name : "")}), h("ol", {}, ...rows));
}

export function reportNote(point) {
    return [point.city, point.accuracy === null ? null : "± " + metres(point.accuracy), ...point.flags.map(flagInWords)]
        .filter(Boolean).join(" · ");
}

const FLAGS = {
    COARSE: "coarse", UNCONFIRMED: "not confirmed yet", SPEED: "too fast", SPIKE: "spike", NULL_ISLAND: "at 0, 0", FUTURE: "in the future",
    COORDINATES_OUT_OF_RANGE: "not on earth"
};

const flagInWords = flag => FLAGS[flag] ?? flag.toLowerCase();

/** The rows of the box beside the pointer. */
export function reportFacts(track, point) {
    return {
        title: track.name,
        rows: [
            exactTime(point.time) + " · " + ago(point.time), reportNote(point), coordinates(point.lat, ((point.lon + 540) % 360) - 180)
        ]
    };
}

export function stayFacts(track, stay) {
    const assumed = stay.to - stay.from - stay.certain;
    return {
        title: stay.name || track.name,
        rows: [
            timeOfDay(stay.from) + " – " + timeOfDay(stay.to),
            length(stay.to - stay.from) + (assumed > 60 ? ", " + length(assumed) + " of it assumed" : "")
        ]
    };
}
