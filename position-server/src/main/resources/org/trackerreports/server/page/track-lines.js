import {disc} from "./stage.js";
import {theme} from "./theme.js";
import {GAP} from "./track.js";

/** Lines and points of tracks on the canvas. */

export const POINT = 3.5;
/** With more points in a track, they are left out and only lines are drawn. */
const MOST_POINTS = 1500;

/** Where the points of a track are on the canvas. */
export function project(track, view) {
    const count = track.xs.length;
    const turn = count ? view.turn(track.xs[count - 1]) : 0;
    const xs = new Float64Array(count), ys = new Float64Array(count);
    for (let index = 0; index < count; index++) {
        xs[index] = view.x(track.xs[index] + turn);
        ys[index] = view.y(track.ys[index]);
    }
    return {track, xs, ys, reached: 0};
}

/** The line from one point to another, apart from it what is dashed because nobody knows the way. */
export function paths(track, xs, ys, from, to) {
    const solid = new Path2D(), dashed = new Path2D();
    for (let index = from; index < to; index++) {
        const isGap = index > from && track.line[index].time - track.line[index - 1].time > GAP;
        if (isGap) {
            dashed.moveTo(xs[index - 1], ys[index - 1]);
            dashed.lineTo(xs[index], ys[index]);
        }
        if (index === from || isGap) solid.moveTo(xs[index], ys[index]);
        else solid.lineTo(xs[index], ys[index]);
    }
    return {solid, dashed};
}

export function strokeLine(context, colour, solid, dashed) {
    context.strokeStyle = colour;
    context.lineWidth = 3;
    context.stroke(solid);
    context.lineWidth = 2;
    context.setLineDash([2, 7]);
    context.stroke(dashed);
    context.setLineDash([]);
}

/**
 * The parts of lines that a replay has reached, on a canvas of their own. As the replay goes on, only what is new is added; otherwise a day
 * of thousands of reports would be drawn anew for each picture of the screen.
 */
export class DoneLines {
    #canvas = document.createElement("canvas");
    #pictures = [];
    #view = null;
    /** The number of points of each track that are drawn; null if nothing of this view is. */
    #drawn = null;

    /** Begins anew, for other tracks or another part of the map. */
    begin(pictures, view) {
        this.#pictures = pictures;
        this.#view = view;
        this.#drawn = null;
    }

    draw(target) {
        const pictures = this.#pictures, view = this.#view;
        if (pictures.every(({reached}) => reached === 0)) return;
        if (!this.#drawn || pictures.some(({reached}, index) => reached < this.#drawn[index])) this.#clear();
        const context = this.#canvas.getContext("2d");
        pictures.forEach((picture, index) => this.#add(context, picture, this.#drawn[index]));
        this.#drawn = pictures.map(({reached}) => reached);
        target.save();
        target.globalAlpha = 0.95;
        target.drawImage(this.#canvas, 0, 0, view.width, view.height);
        target.restore();
    }

    #clear() {
        const {density, width, height} = this.#view;
        this.#canvas.width = Math.round(width * density);
        this.#canvas.height = Math.round(height * density);
        const context = this.#canvas.getContext("2d");
        context.scale(density, density);
        context.lineJoin = context.lineCap = "round";
        this.#drawn = this.#pictures.map(() => 0);
    }

    #add(context, {track, xs, ys, reached}, drawn) {
        if (reached === drawn) return;
        const {solid, dashed} = paths(track, xs, ys, Math.max(0, drawn - 1), reached);
        // Points lie over lines, lines over their halos, also over those that are there.
        context.globalCompositeOperation = "destination-over";
        if (track.line.length <= MOST_POINTS) points(context, track, xs, ys, drawn, reached);
        strokeLine(context, track.colour, solid, dashed);
        context.strokeStyle = theme.halo;
        context.lineWidth = 6;
        context.stroke(solid);
        context.globalCompositeOperation = "source-over";
    }
}

function points(context, track, xs, ys, from, to) {
    for (let index = from; index < to; index++) {
        const isUncertain = track.line[index].flags.length > 0;
        disc(context, xs[index], ys[index], POINT);
        context.lineWidth = 1.5;
        context.strokeStyle = isUncertain ? track.colour : theme.halo;
        context.fillStyle = isUncertain ? theme.halo : track.colour;
        context.stroke();
        context.fill();
    }
}
