import {mercatorX, mercatorY, write} from "./stage.js";
import {mapFont, theme} from "./theme.js";

/** The names of towns on the map, the larger ones first, as many as there is room for. */

const HOME = new URL(".", import.meta.url);
/** From here on, villages have room, too. */
const VILLAGES_FROM = 8.5;
const CELL = 1 / 64;
/** So many of the largest towns are written in larger letters. */
const LARGE = 800;

class Names {
    /** Places by a grid over the world, each cell by number of people. */
    #cells = new Map();

    constructor(rows) {
        rows.forEach(([name, lat, lon], rank) => {
            const x = mercatorX(lon / 1000), y = mercatorY(lat / 1000);
            const key = Math.floor(x / CELL) + "/" + Math.floor(y / CELL);
            const cell = this.#cells.get(key) ?? [];
            cell.push({name, x, y, rank});
            this.#cells.set(key, cell);
        });
    }

    /** The places in a part of the world, the largest first, not more than so many. */
    within(west, north, east, south, most) {
        const found = [];
        for (let column = Math.floor(west / CELL); column <= Math.floor(east / CELL); column++) {
            for (let row = Math.floor(north / CELL); row <= Math.floor(south / CELL); row++) {
                const cell = this.#cells.get(((column % 64) + 64) % 64 + "/" + row) ?? [];
                let taken = 0;
                for (const place of cell) {
                    const x = place.x + Math.floor(column / 64);
                    if (x < west || x > east || place.y < north || place.y > south) continue;
                    found.push({...place, x});
                    if (++taken === most) break;
                }
            }
        }
        return found.sort((one, other) => one.rank - other.rank).slice(0, most);
    }
}

export class NamePainter {
    #lists = [];
    #asked = new Set();

    /** @param isNamed says whether the base map names a place itself */
    constructor(stage, isNamed) {
        this.stage = stage;
        this.isNamed = isNamed;
    }

    prepare(view, labels) {
        this.shown = [];
        if (view.zoom < 4) return;
        this.#load("towns");
        const isNear = view.zoom >= VILLAGES_FROM;
        if (isNear) this.#load("villages");
        const {west, east, north, south} = view.bounds();
        const most = Math.round(view.width * view.height / 14_000);
        for (const [order, list] of (isNear ? this.#lists : this.#lists.slice(0, 1)).entries()) {
            for (const place of list?.within(west, north, east, south, most) ?? []) {
                if (this.isNamed(place.x, place.y, view)) continue;
                const isLarge = order === 0 && place.rank < LARGE;
                const x = view.x(place.x), y = view.y(place.y);
                const name = labels.place(place.name, x + 3, y, isLarge ? mapFont(12.5, 600) : mapFont(11, 500));
                if (name) this.shown.push({x, y, name});
            }
        }
    }

    draw(context) {
        for (const {x, y, name} of this.shown) {
            write(context, name, theme.name, theme.land);
            context.beginPath();
            context.arc(x, y, 2, 0, 2 * Math.PI);
            context.fill();
        }
    }

    async #load(name) {
        if (this.#asked.has(name)) return;
        this.#asked.add(name);
        const answer = await fetch(new URL("lib/" + name + ".json", HOME)).catch(() => null);
        if (!answer?.ok) return;
        this.#lists[name === "towns" ? 0 : 1] = new Names(await answer.json());
        this.stage.redraw();
    }
}
