import {mercatorX, mercatorY} from "./stage.js";
import {theme, themeChanged} from "./theme.js";

/** The user's own street map, a PMTiles file that this server gives parts of, drawn in quiet colours so that tracks stand out. */

const LIBRARY = new URL("lib/protomaps-leaflet.js", import.meta.url);
/** The length of the header of PMTiles 3, and where in it is what is needed here. */
const HEADER = 127, MAX_ZOOM = 101, WEST = 102, SOUTH = 106, EAST = 110, NORTH = 114;
const ATTRIBUTION = "© OpenStreetMap contributors";

/** @returns what the file covers, in Web Mercator */
export async function addStreets(map, url) {
    const [header] = await Promise.all([readHeader(url), script(LIBRARY)]);
    let layer = null;
    const draw = () => {
        layer?.remove();
        const flavor = colours(theme.dark ? DARK : LIGHT);
        // Without a colour for the background, the outlines of countries show where the file has no tile.
        layer = protomapsL.leafletLayer({
            url: url.href, attribution: ATTRIBUTION, maxDataZoom: header.maxZoom,
            paintRules: protomapsL.paintRules(flavor), labelRules: protomapsL.labelRules(flavor, "en")
        }).addTo(map);
    };
    draw();
    themeChanged.on(draw);
    return header;
}

async function readHeader(url) {
    const answer = await fetch(url, {headers: {Range: "bytes=0-" + (HEADER - 1)}, credentials: "same-origin"});
    const header = new DataView(await answer.arrayBuffer());
    if (!answer.ok || String.fromCharCode(...new Uint8Array(header.buffer, 0, 7)) !== "PMTiles") throw new Error("no PMTiles file");
    const degrees = at => header.getInt32(at, true) / 1e7;
    return {
        maxZoom: header.getUint8(MAX_ZOOM),
        west: mercatorX(degrees(WEST)), east: mercatorX(degrees(EAST)), north: mercatorY(degrees(NORTH)), south: mercatorY(degrees(SOUTH))
    };
}

/** Loads a script that is no module. */
function script(url) {
    return new Promise((done, failed) => {
        const element = document.createElement("script");
        element.src = url;
        element.onload = done;
        element.onerror = () => failed(new Error(url + " could not be loaded"));
        document.head.append(element);
    });
}

const LIGHT = {
    green: "#dfe9d8", wood: "#d5e3cf", public: "#ecebe4", sand: "#efecdf", building: "#e4e2da", edge: "#dedcd4", street: "#ffffff", way: "#fbfbf9",
    major: "#ffffff", highway: "#fde9c4", rail: "#c9c9c4", border: "#b9bcb6", label: "#7d7f86", strong: "#4d535c", halo: "#f8f7f3", sea: "#6d8aa8"
};

const DARK = {
    green: "#1c2a25", wood: "#1a2823", public: "#20272f", sand: "#24282c", building: "#252d36", edge: "#141a20", street: "#2e3741", way: "#283039",
    major: "#37424e", highway: "#4a4637", rail: "#323b45", border: "#414c58", label: "#7b8895", strong: "#a9b4c0", halo: "#161c23", sea: "#56708a"
};

/** The colours by the names that the library has for them. */
function colours(of) {
    const roads = {};
    for (const kind of ["tunnel_", "bridges_"]) {
        for (const size of ["other", "minor", "link", "major", "highway"]) {
            roads[kind + size + "_casing"] = of.edge;
            roads[kind + size] = size === "highway" ? of.highway : of.street;
        }
    }
    for (const size of ["minor_service", "minor", "link"]) roads[size + "_casing"] = of.edge;
    for (const size of ["major", "highway"]) roads[size + "_casing_early"] = roads[size + "_casing_late"] = of.edge;
    return {
        ...roads,
        background: theme.water, earth: theme.land, water: theme.water, glacier: of.public,
        park_a: of.green, park_b: of.green, wood_a: of.wood, wood_b: of.wood, scrub_a: of.green, scrub_b: of.green, zoo: of.green,
        hospital: of.public, industrial: of.public, school: of.public, military: of.public, pedestrian: of.public, aerodrome: of.public,
        sand: of.sand, beach: of.sand, runway: of.edge, pier: of.way, buildings: of.building,
        other: of.way, minor_service: of.way, minor_a: of.street, minor_b: of.street, link: of.street, major: of.major, highway: of.highway,
        railway: of.rail, boundaries: of.border,
        roads_label_minor: of.label, roads_label_minor_halo: of.halo, roads_label_major: of.label, roads_label_major_halo: of.halo,
        ocean_label: of.sea, subplace_label: of.label, subplace_label_halo: of.halo, city_label: of.strong, city_label_halo: of.halo,
        state_label: of.label, state_label_halo: of.halo, country_label: of.label, address_label: of.label, address_label_halo: of.halo
    };
}
