import {all} from "./api.js";
import {trackers} from "./model.js";
import {mercatorX, mercatorY} from "./stage.js";
import {theme} from "./theme.js";

/** Where trackers were, the stronger the more often: a grid of cells, enlarged smoothly. */

/** The side of a cell, in pixels. */
const SIDE = 8;
/** How far one position warms its surroundings, in cells. */
const REACH = 3;

/** How much of its warmth a position gives to a cell beside it. */
const KERNEL = Array.from({length: 2 * REACH + 1}, (_, row) => Array.from({length: 2 * REACH + 1}, (__, column) =>
    Math.exp(-((row - REACH) ** 2 + (column - REACH) ** 2) / REACH)));

/** From cool to hot: red, green, blue. */
const COLOURS = {light: [[255, 214, 74], [250, 130, 30], [214, 32, 38]], dark: [[255, 196, 60], [255, 120, 50], [255, 64, 64]]};

/** Of chosen trackers, so many days are shown; of all, the latest positions. */
const DAYS = "30d";
const MOST_HOURS = 5000;

/** Where trackers were: lat, lon and weight. */
export async function heatOf(ids) {
    if (ids.length === 0) {
        return [...trackers.byId.values()].map(({position}) => position).filter(Boolean).map(({lat, lon}) => ({lat, lon, weight: 1}));
    }
    const hours = await Promise.all(ids.map(id =>
        all("trackers/" + id + "/history", "history", {by: "hour", from: DAYS, limit: 1000}, MOST_HOURS).catch(() => [])));
    return hours.flat().map(({lat, lon, reports}) => ({lat, lon, weight: reports}));
}

export class HeatPainter {
    visible = false;
    #points = [];
    #picture = document.createElement("canvas");

    /** @param points lat, lon and weight */
    show(points) {
        this.#points = points.map(({lat, lon, weight}) => ({x: mercatorX(lon), y: mercatorY(lat), weight}));
    }

    draw(context, view) {
        if (!this.visible || this.#points.length === 0) return;
        // Cells stay where they are on the ground while the map is moved.
        const left = Math.floor(view.left / SIDE) - REACH, top = Math.floor(view.top / SIDE) - REACH;
        const columns = Math.ceil(view.width / SIDE) + 2 * REACH + 1, rows = Math.ceil(view.height / SIDE) + 2 * REACH + 1;
        const cells = this.#warmth(view, left, top, columns, rows);
        const most = cells.reduce((one, other) => Math.max(one, other), 0);
        if (most === 0) return;
        this.#picture.width = columns;
        this.#picture.height = rows;
        const small = this.#picture.getContext("2d");
        const image = small.createImageData(columns, rows);
        const colours = theme.dark ? COLOURS.dark : COLOURS.light;
        cells.forEach((weight, index) => weight && colour(image.data, 4 * index, Math.log1p(9 * weight / most) / Math.log(10), colours));
        small.putImageData(image, 0, 0);
        context.imageSmoothingEnabled = true;
        context.imageSmoothingQuality = "high";
        context.drawImage(this.#picture, left * SIDE - view.left, top * SIDE - view.top, columns * SIDE, rows * SIDE);
    }

    #warmth(view, left, top, columns, rows) {
        const cells = new Float32Array(columns * rows);
        for (const {x, y, weight} of this.#points) {
            const column = Math.floor((view.x(x + view.turn(x)) + view.left) / SIDE) - left;
            const row = Math.floor((view.y(y) + view.top) / SIDE) - top;
            if (column < -REACH || row < -REACH || column >= columns + REACH || row >= rows + REACH) continue;
            for (let down = -REACH; down <= REACH; down++) {
                for (let right = -REACH; right <= REACH; right++) {
                    const isInside = column + right >= 0 && column + right < columns && row + down >= 0 && row + down < rows;
                    if (isInside) cells[(row + down) * columns + column + right] += weight * KERNEL[down + REACH][right + REACH];
                }
            }
        }
        return cells;
    }
}

/** Writes a colour for a share between 0 and 1; what is hardly warm is hardly seen. */
function colour(data, at, share, [cool, warm, hot]) {
    const [from, to, part] = share < 0.5 ? [cool, warm, 2 * share] : [warm, hot, 2 * share - 1];
    for (let index = 0; index < 3; index++) data[at + index] = from[index] + part * (to[index] - from[index]);
    data[at + 3] = 215 * Math.min(1, 1.6 * share);
}
