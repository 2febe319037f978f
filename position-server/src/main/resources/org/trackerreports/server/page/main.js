import {all, get, tokenWanted} from "./api.js";
import {announce, byId, debounced, show, toast} from "./dom.js";
import {addBaseMap} from "./basemap.js";
import {DayPanel} from "./day-panel.js";
import {listenToKeys} from "./keys.js";
import {ListPanel} from "./list-panel.js";
import {connection, follow} from "./live.js";
import {askForToken, signOut} from "./login.js";
import {TrackerMap} from "./map.js";
import {addHeadActions, addMapTools} from "./map-tools.js";
import {places, trackers} from "./model.js";
import {PlacesPanel} from "./places-panel.js";
import {makeRoom, setSheet, startSheet} from "./sheet.js";
import {shareDialog, SharesPanel} from "./shares-panel.js";
import {changed, go, hasLayer, keepMap, state} from "./state.js";

/** Above so many trackers, the map shows what the server groups. */
const MOST_ON_MAP = 2000;
/** The heat map shows this many days of the trackers that are shown. */
const HEAT_DAYS = "30d";

async function start() {
    const session = await get("session");
    if (!session.signed_in) {
        askForToken(() => location.reload());
        return;
    }
    tokenWanted.on(() => askForToken(() => location.reload()));
    const map = new TrackerMap(hasLayer, state.map);
    const list = new ListPanel(session);
    const day = new DayPanel({
        add: ids => {
            go({trackers: [], day: null});
            list.choosing(ids);
        },
        share: shareDialog
    });
    show(day.share, session.scopes.includes("places"));
    const placesPanel = new PlacesPanel(session, map);
    const sharesPanel = new SharesPanel();
    addMapTools(map, () => map.fit(pointsToShow(day)));
    addHeadActions(session, {
        places: () => go({view: state.view === "places" ? "list" : "places", place: null, trackers: []}),
        shares: () => go({view: state.view === "shares" ? "list" : "shares", place: null, trackers: []}),
        leave: signOut
    });
    startSheet();
    wire(map, day, placesPanel);
    showViews(day, map);
    listenToKeys({
        search: () => {
            go({trackers: [], view: "list", place: null});
            setSheet("full");
            byId("search").focus();
            return true;
        },
        step: by => state.trackers.length > 0 && (day.step(by), true),
        play: () => state.trackers.length > 0 && (day.playback.toggle(), true),
        back: () => goBack(day)
    });
    sayConnection(session);
    addBaseMap(map.map, map.stage, session, text => toast(text, "bad")).catch(() => toast("The outlines of the map could not be loaded.", "bad"));
    await Promise.all([trackers.load(), places.load()]);
    if (!map.placed && state.trackers.length === 0) map.fit(pointsToShow(day), false);
    await day.load();
    showViews(day, map);
    sharesPanel.render();
    document.body.dataset.ready = String(trackers.byId.size);
    follow();
}

function goBack(day) {
    if (day.calendar.isOpen) day.calendar.close();
    else if (state.trackers.length) day.close();
    else if (state.place) go({place: null});
    else if (state.view !== "list") go({view: "list"});
}

function pointsToShow(day) {
    if (state.trackers.length) return day.tracks.flatMap(track => [...track.line, ...track.stays]);
    return [...trackers.byId.values()].map(tracker => tracker.position).filter(Boolean);
}

/** Which panel is shown follows from the state. */
function showViews(day, map) {
    const view = state.view !== "list" ? state.view : state.trackers.length ? "day" : "list";
    for (const name of ["list", "day", "places", "shares"]) show(byId("view-" + name), name === view);
    show(byId("head"), view === "list");
    document.body.dataset.view = view;
    document.title = [...state.trackers.map(id => trackers.byId.get(id)?.name).filter(Boolean), "Trackers"].join(" · ");
    byId("to-places")?.setAttribute("aria-pressed", String(view === "places"));
    map.latest.visible = view !== "day";
    map.places.visible = hasLayer("places") || view === "places";
    map.heat.visible = hasLayer("heat");
    map.redraw();
}

function wire(map, day, placesPanel) {
    const heat = debounced(200, () => loadHeat(map));
    changed.on((after, before) => {
        showViews(day, map);
        const isOther = after.trackers.join() !== before.trackers.join();
        if (isOther || after.day !== before.day || after.layers.includes("flags") !== before.layers.includes("flags")) day.load();
        if (isOther) setSheet("half");
        if (isOther && after.trackers.length) byId("view-day").querySelector("h2").focus({preventScroll: true});
        if (isOther && !after.trackers.length && after.view === "list") byId("view-list").querySelector(".row-open[tabindex='0']")?.focus({preventScroll: true});
        if (after.map && before.map !== after.map && after.map !== map.lastKept) map.goTo(after.map);
        if (hasLayer("heat")) heat();
    });
    trackers.changed.on(() => {
        if (trackers.complete && trackers.byId.size <= MOST_ON_MAP) {
            map.latest.trackers = shownTrackers();
            map.latest.groups = [];
            map.redraw();
        } else if (trackers.loaded) {
            loadGroups(map);
        }
    });
    changed.on((after, before) => after.label !== before.label && trackers.changed.emit());
    places.changed.on(() => {
        map.places.places = places.all;
        map.redraw();
    });
    map.moved.on(place => {
        map.lastKept = place;
        keepMap(place);
        if (!(trackers.complete && trackers.byId.size <= MOST_ON_MAP) && trackers.loaded) loadGroups(map);
    });
    map.chosen.on(found => {
        makeRoom();
        if (found?.kind === "tracker") go({trackers: [found.tracker.id], day: null, view: "list", place: null});
        if (found?.kind === "report") day.playback.set(found.point.time);
        if (found?.kind === "place" && state.view === "places" && state.place !== "new") go({place: found.place.id});
    });
    // A part of the map that the address names stays in view.
    let isKept = Boolean(state.map);
    day.shown.on((tracks, isNew) => {
        map.track.show(tracks);
        if (isNew && !isKept) map.fit(pointsToShow(day));
        if (isNew) isKept = false;
        map.redraw();
    });
    day.playback.moved.on((time, isPlaying) => {
        map.track.time = time;
        if (isPlaying && day.playback.follows) map.follow(day.tracks, time);
        map.redraw();
    });
    day.pointed.on((track, each) => point(map, track, each));
    placesPanel.pointed.on(place => map.fit(place.corners ?? around(place)));
    setInterval(() => map.redraw(), 60_000);
}

/** Shows what was chosen in the list of a day on the map. */
function point(map, track, each) {
    makeRoom();
    if (each.kind === "stay") map.tell({kind: "stay", track, stay: each}, each);
    if (each.kind === "report") map.tell({kind: "report", track, point: each}, each);
    if (each.lat !== undefined) map.centre(each);
    else map.fit(track.line.filter(({time}) => time >= each.from && time <= each.to));
}

function around({lat, lon, radius_m: radius}) {
    const north = 2 * radius / 111_320, east = north / Math.max(0.01, Math.cos(lat * Math.PI / 180));
    return [{lat: lat - north, lon: lon - east}, {lat: lat + north, lon: lon + east}];
}

function shownTrackers() {
    const [key, value] = (state.label ?? "").split(/=(.*)/s);
    return [...trackers.byId.values()].filter(tracker => !key || tracker.labels[key] === value);
}

const loadGroups = debounced(250, async map => {
    const bounds = map.map.getBounds();
    const lon = value => Math.max(-180, Math.min(180, value));
    const bbox = [lon(bounds.getWest()), Math.max(-90, bounds.getSouth()), lon(bounds.getEast()), Math.min(90, bounds.getNorth())]
        .map(value => value.toFixed(5)).join();
    const found = await get("positions", {bbox, zoom: Math.floor(map.map.getZoom()), label: state.label, limit: MOST_ON_MAP}).catch(() => null);
    if (!found) return;
    const at = feature => ({lon: feature.geometry.coordinates[0], lat: feature.geometry.coordinates[1]});
    map.latest.groups = found.features.filter(feature => feature.properties.cluster).map(feature => ({...feature.properties, ...at(feature)}));
    map.latest.trackers = found.features.filter(feature => !feature.properties.cluster)
        .map(feature => trackers.byId.get(feature.properties.id) ?? trackers.fromFeature(feature));
    map.redraw();
});

async function loadHeat(map) {
    const ids = state.trackers.length ? state.trackers : null;
    const hours = ids ? (await Promise.all(ids.map(id =>
        all("trackers/" + id + "/history", "history", {by: "hour", from: HEAT_DAYS, limit: 1000}, 5000).catch(() => [])))).flat() : null;
    map.heat.show(hours ? hours.map(({lat, lon, reports}) => ({lat, lon, weight: reports}))
        : [...trackers.byId.values()].map(({position}) => position).filter(Boolean).map(({lat, lon}) => ({lat, lon, weight: 1})));
    map.redraw();
}

/** Says when the page is not up to date, and why. */
function sayConnection(session) {
    const line = byId("connection");
    const say = text => {
        if (line.textContent === text) return;
        line.textContent = text;
        show(line, Boolean(text));
        if (text) announce(text);
    };
    const unjudged = session.judged !== false ? "" : "No process judges reports, so new ones are not shown. Start one with the role move.";
    say(unjudged);
    connection.on(how => say(how === "live" ? unjudged : "The connection is lost. Trying again …"));
}

start().catch(error => toast([error.message, error.nextStep].filter(Boolean).join(" "), "bad"));
