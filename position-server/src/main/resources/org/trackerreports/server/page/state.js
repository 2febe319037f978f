import {Signal} from "./dom.js";
import {isDay} from "./format.js";

/**
 * What the page shows, kept in the part of its address after #, so that a view can be reloaded, shared and gone back to:
 * `t` trackers, `d` day, `z` map (zoom/latitude/longitude), `l` layers, `v` panel, `p` place, `s` order, `f` label.
 */
const VIEWS = ["list", "places", "shares"];
const SORTS = ["name", "age", "own"];
const LAYERS = ["places", "circles", "heat", "flags"];
const DEFAULT_LAYERS = ["places", "circles"];

export const changed = new Signal();
export let state = parse(location.hash);

function parse(hash) {
    const words = new URLSearchParams(hash.replace(/^#/, ""));
    const day = words.get("d") ?? "";
    const [zoom, lat, lon] = (words.get("z") ?? "").split("/").map(Number);
    const place = words.get("p");
    return {
        trackers: [...new Set((words.get("t") ?? "").split(",").map(Number).filter(id => Number.isSafeInteger(id) && id > 0))],
        day: isDay(day) ? day : null,
        map: words.has("z") && [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 90 ? {zoom, lat, lon} : null,
        layers: words.has("l") ? LAYERS.filter(layer => words.get("l").split(",").includes(layer)) : DEFAULT_LAYERS,
        view: VIEWS.includes(words.get("v")) ? words.get("v") : "list",
        place: place === "new" ? place : Number(place) || null,
        sort: SORTS.includes(words.get("s")) ? words.get("s") : "age",
        label: words.get("f")
    };
}

function write(value) {
    const words = [];
    const add = (name, text) => words.push(name + "=" + text);
    if (value.trackers.length) add("t", value.trackers.join(","));
    if (value.day) add("d", value.day);
    if (value.map) add("z", value.map.zoom + "/" + value.map.lat.toFixed(5) + "/" + value.map.lon.toFixed(5));
    if (value.layers.join() !== DEFAULT_LAYERS.join()) add("l", value.layers.join(","));
    if (value.view !== "list") add("v", value.view);
    if (value.place) add("p", value.place);
    if (value.sort !== "age") add("s", value.sort);
    if (value.label) add("f", encodeURIComponent(value.label));
    return words.join("&");
}

/**
 * Changes what is shown.
 *
 * @param step whether the browser's button for going back returns to what was shown before
 */
export function go(change, step = true) {
    const before = state;
    state = {...before, ...change};
    const hash = "#" + write(state);
    if (hash !== (location.hash || "#")) {
        history[step ? "pushState" : "replaceState"](null, "", hash === "#" ? location.pathname + location.search : hash);
    }
    changed.emit(state, before);
}

/** Keeps where the map is in the address; nothing else depends on it. */
export function keepMap(map) {
    state = {...state, map};
    history.replaceState(null, "", "#" + write(state));
}

export const hasLayer = layer => state.layers.includes(layer);

export function toggleLayer(layer) {
    const chosen = hasLayer(layer) ? state.layers.filter(each => each !== layer) : [...state.layers, layer];
    go({layers: LAYERS.filter(each => chosen.includes(each))}, false);
}

window.addEventListener("popstate", () => {
    const before = state;
    state = parse(location.hash);
    changed.emit(state, before);
});
