import {byId, debounced, h, show, Signal} from "./dom.js";
import {ago, count} from "./format.js";
import {HeatPainter} from "./heat-painter.js";
import {LatestPainter} from "./latest-painter.js";
import {PlacePainter} from "./place-painter.js";
import {Stage} from "./stage.js";
import {themeChanged} from "./theme.js";
import {reportFacts, stayFacts} from "./timeline.js";
import {at} from "./track.js";
import {TrackPainter} from "./track-painter.js";

/** Narrower pages have the list at the bottom. */
export const narrow = matchMedia("(max-width: 720px)");

const MOST_ZOOM = 19, ZOOM_FOR_ONE = 15;
/** While a replay is followed, heads stay this far from the edges. */
const KEPT_FREE = 0.22;

/** The map and everything on it. */
export class TrackerMap {
    /** Something on the map was chosen: `{kind, tracker | place | report | stay}`. */
    chosen = new Signal();
    moved = new Signal();

    /** @param layers says whether a layer is shown */
    constructor(layers, start) {
        this.map = L.map("map", {
            zoomControl: false, attributionControl: false, minZoom: 2, maxZoom: MOST_ZOOM, zoomSnap: 0.25, wheelPxPerZoomLevel: 90,
            worldCopyJump: true, keyboard: true, maxBounds: [[-86, -540], [86, 540]], maxBoundsViscosity: 0.8
        });
        L.control.attribution({prefix: false, position: "bottomright"}).addTo(this.map);
        L.control.scale({position: "bottomright", metric: navigator.language !== "en-US", imperial: navigator.language === "en-US"}).addTo(this.map);
        this.latest = new LatestPainter(() => layers("circles"));
        this.heat = new HeatPainter();
        this.places = new PlacePainter();
        this.track = new TrackPainter(layers);
        this.stage = new Stage([this.places, this.heat, this.latest, this.track]);
        if (start) this.map.setView([start.lat, start.lon], start.zoom);
        else this.map.setView([25, 10], 2);
        this.placed = Boolean(start);
        /** While a place is edited, a click moves it and chooses nothing. */
        this.isEdited = false;
        this.stage.addTo(this.map);
        this.map.on("click", event => this.#click(event));
        this.map.on("mousemove", event => this.#hover(event));
        this.map.on("mouseout movestart", () => this.#tip(null));
        this.map.on("moveend", debounced(150, () => this.moved.emit(this.place())));
        themeChanged.on(() => this.redraw());
        new ResizeObserver(() => this.map.invalidateSize({pan: false})).observe(byId("map"));
    }

    redraw() {
        this.stage.redraw();
    }

    place() {
        const {lat, lng} = this.map.getCenter();
        return {zoom: Math.round(this.map.getZoom() * 100) / 100, lat, lon: lng};
    }

    goTo({zoom, lat, lon}) {
        this.map.setView([lat, lon], zoom);
    }

    /** The part of the map that nothing covers, as paddings. */
    #free() {
        const panel = byId("panel").getBoundingClientRect();
        const playback = document.querySelector(".playback:not([hidden])")?.getBoundingClientRect();
        const view = byId("map").getBoundingClientRect();
        if (narrow.matches) return {left: 30, top: 70, right: 62, bottom: Math.min(view.bottom - panel.top, view.height * 0.62) + 24};
        return {left: Math.max(0, panel.right - view.left) + 48, top: 56, right: 72, bottom: (playback?.height ? view.bottom - playback.top : 0) + 64};
    }

    /** Shows all of some positions, not nearer than a street. */
    fit(points, animate = true) {
        if (points.length === 0) return;
        const {left, top, right, bottom} = this.#free();
        this.placed = true;
        this.map.fitBounds(L.latLngBounds(points.map(({lat, lon}) => [lat, lon])), {
            maxZoom: ZOOM_FOR_ONE, paddingTopLeft: [left, top], paddingBottomRight: [right, bottom], animate
        });
    }

    /** The middle of what nothing covers. */
    middle() {
        const {left, top, right, bottom} = this.#free();
        const size = this.map.getSize();
        return this.map.containerPointToLatLng([(left + size.x - right) / 2, (top + size.y - bottom) / 2]);
    }

    /** Shows a place in the middle of what is free. */
    centre({lat, lon}, zoom = Math.max(this.map.getZoom(), ZOOM_FOR_ONE)) {
        const {left, top, right, bottom} = this.#free();
        const target = this.map.project([lat, lon], zoom).subtract([(left - right) / 2, (top - bottom) / 2]);
        this.map.setView(this.map.unproject(target, zoom), zoom);
    }

    /** Keeps where trackers are at a time inside what is free, as a replay goes on. */
    follow(tracks, time) {
        const heads = tracks.map(track => at(track, time)).filter(Boolean);
        if (heads.length === 0) return;
        const {left, top, right, bottom} = this.#free();
        const size = this.map.getSize();
        const spare = {x: (size.x - left - right) * KEPT_FREE, y: (size.y - top - bottom) * KEPT_FREE};
        const isInside = ({lat, lon}) => {
            const {x, y} = this.map.latLngToContainerPoint([lat, lon]);
            return x > left + spare.x && x < size.x - right - spare.x && y > top + spare.y && y < size.y - bottom - spare.y;
        };
        if (heads.every(isInside)) return;
        if (heads.length === 1) this.centre(heads[0], this.map.getZoom());
        else this.fit(heads);
    }

    #click(event) {
        if (this.isEdited) return;
        const found = this.stage.hit(event.containerPoint);
        if (found?.kind === "group") {
            const [west, south, east, north] = found.group.bbox;
            this.fit([{lat: south, lon: west}, {lat: north, lon: east}]);
        } else {
            this.#tip(found, event.containerPoint);
            this.chosen.emit(found, {lat: event.latlng.lat, lon: event.latlng.lng});
        }
    }

    #hover(event) {
        const found = this.stage.hit(event.containerPoint);
        byId("map").classList.toggle("over", found !== null);
        const tracker = found?.tracker?.id ?? null, place = found?.place?.id ?? null;
        if (tracker !== this.latest.over || place !== this.places.over) {
            this.latest.over = tracker;
            this.places.over = place;
            this.redraw();
        }
        this.#tip(found, event.containerPoint);
    }

    /** Shows a box with facts beside a report or stay. */
    tell(found, {lat, lon}) {
        this.map.once("moveend", () => this.#tip(found, this.map.latLngToContainerPoint([lat, lon])));
    }

    #tip(found, point) {
        const facts = found && tipOf(found);
        const tip = byId("tip");
        show(tip, Boolean(facts));
        if (!facts) return;
        tip.replaceChildren(h("strong", {text: facts.title}), ...facts.rows.filter(Boolean).map(text => h("span", {text})));
        const view = byId("map").getBoundingClientRect();
        const left = Math.max(8, Math.min(view.left + point.x + 14, innerWidth - tip.offsetWidth - 8));
        const above = view.top + point.y - tip.offsetHeight - 14;
        tip.style.left = left + "px";
        tip.style.top = (above < 8 ? view.top + point.y + 18 : above) + "px";
    }
}

function tipOf(found) {
    if (found.kind === "report") return reportFacts(found.track, found.point);
    if (found.kind === "stay") return stayFacts(found.track, found.stay);
    if (found.kind === "place") return {title: found.place.name, rows: [found.place.radius_m ? Math.round(found.place.radius_m) + " m around" : ""]};
    if (found.kind === "tracker") {
        const {name, position, place} = found.tracker;
        return {title: name, rows: ["Seen " + ago(position.time), place ?? position.city]};
    }
    return found.kind === "group" ? {title: count(found.group.count, "tracker"), rows: ["Click to see them"]} : null;
}
