import {mercatorX, mercatorY, write} from "./stage.js";
import {mapFont, theme, themeChanged} from "./theme.js";

/** The outlines of countries and their names, which come with this page. */

const HOME = new URL(".", import.meta.url);
const TILE = 256;
/** Outlines are cut off this far around a tile, so that its edges show no line. */
const MARGIN = 8;

/** TopoJSON: arcs of steps that rings are made of. Each ring is a list of Web Mercator x, y. */
function shapes(topology) {
    const {scale, translate} = topology.transform;
    const arcs = topology.arcs.map(arc => {
        let x = 0, y = 0;
        return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    });
    const arc = index => index < 0 ? arcs[~index].slice().reverse() : arcs[index];
    const ring = indexes => goingOn(indexes.flatMap((index, order) => order ? arc(index).slice(1) : arc(index)));
    return topology.objects.countries.geometries.flatMap(country => {
        const polygons = country.type === "Polygon" ? [country.arcs] : country.type === "MultiPolygon" ? country.arcs : [];
        return polygons.map(rings => shape(rings.map(ring), country.properties?.name));
    });
}

/** A ring that goes on across the date line; one around a pole is closed along it. */
function goingOn(ring) {
    let turn = 0;
    const moved = ring.map(([lon, lat], index) => {
        const step = index ? lon - ring[index - 1][0] : 0;
        if (step > 180) turn -= 360;
        if (step < -180) turn += 360;
        return [lon + turn, lat];
    });
    if (turn !== 0) {
        const pole = ring[0][1] < 0 ? -89.9 : 89.9;
        moved.push([moved[moved.length - 1][0], pole], [moved[0][0], pole]);
    }
    return moved;
}

function shape(rings, name) {
    const flat = rings.map(ring => Float64Array.from(ring.flatMap(([lon, lat]) => [mercatorX(lon), mercatorY(lat)])));
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = 0; at < flat[0].length; at += 2) {
        box[0] = Math.min(box[0], flat[0][at]);
        box[1] = Math.min(box[1], flat[0][at + 1]);
        box[2] = Math.max(box[2], flat[0][at]);
        box[3] = Math.max(box[3], flat[0][at + 1]);
    }
    return {rings: flat, box, name, area: (box[2] - box[0]) * (box[3] - box[1])};
}

/** Cuts a ring at one side of a square, after Sutherland and Hodgman: numbers of millions of pixels make a canvas inexact. */
function cut(ring, axis, limit, keepsBelow) {
    const result = [];
    const inside = value => keepsBelow ? value <= limit : value >= limit;
    for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
        const isIn = inside(ring[at + axis]), wasIn = inside(ring[before + axis]);
        if (isIn !== wasIn) {
            const share = (limit - ring[before + axis]) / (ring[at + axis] - ring[before + axis]);
            result.push(ring[before] + share * (ring[at] - ring[before]), ring[before + 1] + share * (ring[at + 1] - ring[before + 1]));
        }
        if (isIn) result.push(ring[at], ring[at + 1]);
    }
    return result;
}

class Outlines extends L.GridLayer {
    constructor(world) {
        super({attribution: "Natural Earth, GeoNames", updateWhenZooming: false, keepBuffer: 3, zIndex: 0, className: "outlines"});
        this.world = world;
    }

    createTile(coords) {
        const tile = document.createElement("canvas");
        const density = Math.min(2, window.devicePixelRatio || 1);
        // One pixel more than its share, so that no seam shows between tiles that are scaled.
        tile.width = tile.height = (TILE + 1) * density;
        const context = tile.getContext("2d");
        context.scale(density, density);
        const tiles = 2 ** coords.z, pixels = TILE * tiles;
        const turn = Math.floor(coords.x / tiles);
        const left = coords.x / tiles - turn, top = coords.y / tiles, margin = MARGIN / pixels;
        const right = left + 1 / tiles, bottom = top + 1 / tiles;
        context.fillStyle = theme.land;
        context.strokeStyle = theme.border;
        context.lineWidth = coords.z < 4 ? 0.75 : 1;
        for (const {rings, box} of this.world) {
            for (const shift of [-1, 0, 1]) {
                if (box[2] + shift < left - margin || box[0] + shift > right + margin || box[3] < top - margin || box[1] > bottom + margin) {
                    continue;
                }
                context.beginPath();
                for (const ring of rings) {
                    let part = cut(ring, 0, left - shift - margin, false);
                    part = cut(part, 0, right - shift + margin, true);
                    part = cut(part, 1, top - margin, false);
                    part = cut(part, 1, bottom + margin, true);
                    for (let at = 0; at < part.length; at += 2) {
                        context.lineTo((part[at] + shift - left) * pixels, (part[at + 1] - top) * pixels);
                    }
                    context.closePath();
                }
                context.fill("evenodd");
                context.stroke();
            }
        }
        return tile;
    }
}

/** The names of countries, where there is room for them. */
export class CountryNames {
    /** @param isNamed says whether the base map names a place itself */
    constructor(world, isNamed) {
        const largest = new Map();
        for (const each of world) {
            if (!(largest.get(each.name)?.area > each.area)) largest.set(each.name, each);
        }
        this.isNamed = isNamed;
        this.names = [...largest.values()].filter(each => each.name).sort((one, other) => other.area - one.area)
            .map(each => ({name: each.name.toUpperCase(), width: each.box[2] - each.box[0], ...middle(each.rings[0])}));
    }

    prepare(view, labels) {
        this.shown = [];
        if (view.zoom < 2.5 || view.zoom > 5.5) return;
        for (const {name, width, x, y} of this.names) {
            const left = view.x(x + view.turn(x)), top = view.y(y);
            if (!view.isVisible(left, top, 60) || width * view.scale < 8 * name.length || this.isNamed(x, y, view)) continue;
            const label = labels.place(name, left, top, mapFont(10.5), true);
            if (label) this.shown.push(label);
        }
    }

    draw(context) {
        this.shown.forEach(label => write(context, label, theme.name, theme.land));
    }
}

/** The centre of a ring's area, in Web Mercator. */
function middle(ring) {
    let area = 0, x = 0, y = 0;
    for (let at = 0, before = ring.length - 2; at < ring.length; before = at, at += 2) {
        const cross = ring[before] * ring[at + 1] - ring[at] * ring[before + 1];
        area += cross;
        x += (ring[before] + ring[at]) * cross;
        y += (ring[before + 1] + ring[at + 1]) * cross;
    }
    return area ? {x: x / (3 * area), y: y / (3 * area)} : {x: ring[0], y: ring[1]};
}

/** Puts the outlines on the map; answers the layer, and the world that it shows. */
export async function addOutlines(map) {
    const answer = await fetch(new URL("lib/countries-50m.json", HOME));
    const world = shapes(await answer.json());
    const layer = new Outlines(world).addTo(map);
    themeChanged.on(() => layer.redraw());
    return {layer, world};
}
