import {get, tokenWanted} from "./api.js";
import {announce, byId, debounced, show, toast} from "./dom.js";
import {addBaseMap} from "./basemap.js";
import {DayPanel} from "./day-panel.js";
import {groupsIn, MOST_ON_MAP} from "./groups.js";
import {heatOf} from "./heat-painter.js";
import {listenToKeys} from "./keys.js";
import {ListPanel} from "./list-panel.js";
import {connection, follow, patiently} from "./live.js";
import {askForToken, signOut} from "./login.js";
import {TrackerMap} from "./map.js";
import {addHeadActions, addMapTools} from "./map-tools.js";
import {places, trackers} from "./model.js";
import {PlacesPanel} from "./places-panel.js";
import {makeRoom, setSheet, startSheet} from "./sheet.js";
import {shareDialog, SharesPanel} from "./shares-panel.js";
import {changed, go, hasLayer, keepMap, state} from "./state.js";

/** The page asks so often whether reports are judged, in milliseconds. */
const ASK_AGAIN = 60_000;

async function start() {
    watchConnection();
    const session = await patiently(() => get("session"));
    if (!session.signed_in) {
        byId("first").remove();
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
    byId("first").remove();
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
    // The list comes first: to read the outlines takes longer than all the rest.
    new Promise(done => trackers.changed.on(done)).then(() => addBaseMap(map.map, map.stage, session, text => toast(text, "bad")))
        .catch(() => toast("The outlines of the map could not be loaded.", "bad"));
    await patiently(() => Promise.all([trackers.load(), places.load()]));
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
    const place = state.view === "places" && places.all.find(({id}) => id === state.place);
    if (place) return place.corners ?? around(place);
    return [...trackers.byId.values()].map(tracker => tracker.position).filter(Boolean);
}

/** Which panel is shown follows from the state. */
function showViews(day, map) {
    const view = state.view !== "list" ? state.view : state.trackers.length ? "day" : "list";
    for (const name of ["list", "day", "places", "shares"]) show(byId("view-" + name), name === view);
    show(byId("head"), view === "list");
    document.body.dataset.view = view;
    document.title = [...state.trackers.map(id => trackers.byId.get(id)?.name).filter(Boolean), "Tracker report fetching"].join(" · ");
    byId("to-places")?.setAttribute("aria-pressed", String(view === "places"));
    map.latest.visible = view !== "day";
    map.places.visible = hasLayer("places") || view === "places";
    map.heat.visible = hasLayer("heat");
    map.redraw();
}

function wire(map, day, placesPanel) {
    const heat = debounced(200, async () => {
        if (!hasLayer("heat")) return;
        map.heat.show(await heatOf(state.trackers));
        map.redraw();
    });
    const groups = debounced(250, async () => {
        const found = await groupsIn(map.map, state.label).catch(() => null);
        if (!found) return;
        map.latest.groups = found.groups;
        map.latest.trackers = found.trackers;
        map.redraw();
    });
    const isGrouped = () => trackers.loaded && !(trackers.complete && trackers.byId.size <= MOST_ON_MAP);
    changed.on((after, before) => {
        showViews(day, map);
        const isOther = after.trackers.join() !== before.trackers.join();
        if (isOther || after.day !== before.day || after.layers.includes("flags") !== before.layers.includes("flags")) day.load();
        if (isOther) setSheet("half");
        if (isOther && after.trackers.length) byId("view-day").querySelector("h2").focus({preventScroll: true});
        if (isOther && !after.trackers.length && after.view === "list") byId("view-list").querySelector(".row-open[tabindex='0']")?.focus({preventScroll: true});
        if (after.map && before.map !== after.map && after.map !== map.lastKept) map.goTo(after.map);
        if (isOther || after.layers !== before.layers) heat();
    });
    trackers.changed.on(() => {
        heat();
        if (isGrouped()) {
            groups();
        } else {
            map.latest.trackers = shownTrackers();
            map.latest.groups = [];
            map.redraw();
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
        if (isGrouped()) groups();
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
        map.stage.step();
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

/** Says when the page is not up to date, and why. */
function watchConnection() {
    const line = byId("connection");
    let isLive = true, isJudged = true;
    const say = () => {
        const text = !isLive ? "The connection is lost. Trying again …" : isJudged ? ""
            : "No process judges reports, so new ones are not shown. Start one with the role move.";
        if (line.textContent === text) return;
        line.textContent = text;
        show(line, Boolean(text));
        if (text) announce(text);
    };
    const ask = async () => {
        const found = await get("session").catch(() => null);
        if (found) isJudged = found.judged !== false;
        say();
    };
    connection.on(how => {
        isLive = how === "live";
        say();
        if (isLive) ask();
    });
    setInterval(ask, ASK_AGAIN);
}

start().catch(error => toast([error.message, error.nextStep].filter(Boolean).join(" "), "bad"));
