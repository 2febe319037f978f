import {disc, mercatorX, mercatorY, write} from "./stage.js";
import {GAP, until} from "./track.js";
import {mapFont, theme} from "./theme.js";

/** The tracks of a day: all of it faint, what has happened until the chosen time strong. */

const POINT = 3.5, HEAD = 8, HIT = 11;
/** With more points in a picture, they are left out and only lines are drawn. */
const MOST_POINTS = 1500, MOST_CIRCLES = 80;

export class TrackPainter {
    /** @param layers says which of "circles" and "flags" are shown */
    constructor(layers) {
        this.layers = layers;
        this.tracks = [];
        this.time = Infinity;
        this.over = null;
    }

    /** @param tracks with `colour`, `name`, `line` (points that are not wrong), `wrong` (the others) and `stays` */
    show(tracks) {
        this.tracks = tracks.map(track => ({
            ...track,
            xs: Float64Array.from(track.line, point => mercatorX(point.lon)),
            ys: Float64Array.from(track.line, point => mercatorY(point.lat))
        }));
    }

    prepare(view, labels) {
        this.pictures = this.tracks.map(track => this.#project(track, view));
        for (const picture of this.pictures) {
            const {track, xs, ys, reached} = picture;
            if (!reached) continue;
            const x = xs[reached - 1], y = ys[reached - 1];
            labels.take(x - HEAD, y - HEAD, 2 * HEAD, 2 * HEAD);
            if (this.tracks.length > 1) picture.name = labels.place(track.name, x + HEAD + 4, y, mapFont(12.5, 650));
        }
    }

    draw(context, view) {
        context.lineJoin = context.lineCap = "round";
        for (const picture of this.pictures) this.#stays(context, view, picture);
        for (const picture of this.pictures) {
            this.#line(context, picture, 0, picture.track.line.length, 0.22);
            this.#line(context, picture, 0, picture.reached, 0.95);
        }
        for (const picture of this.pictures) {
            if (this.layers("circles")) this.#circles(context, view, picture);
            this.#points(context, picture);
            if (this.layers("flags")) this.#wrong(context, view, picture);
        }
        for (const picture of this.pictures) this.#head(context, view, picture);
    }

    #project(track, view) {
        const count = track.xs.length;
        const turn = count ? view.turn(track.xs[count - 1]) : 0;
        const xs = new Float64Array(count), ys = new Float64Array(count);
        for (let index = 0; index < count; index++) {
            xs[index] = view.x(track.xs[index] + turn);
            ys[index] = view.y(track.ys[index]);
        }
        return {track, xs, ys, reached: until(track.line, this.time)};
    }

    #line(context, {track, xs, ys}, from, to, strength) {
        if (to - from < 2) return;
        const solid = new Path2D(), dashed = new Path2D();
        for (let index = from; index < to; index++) {
            const gap = index > from && track.line[index].time - track.line[index - 1].time > GAP;
            if (gap) {
                dashed.moveTo(xs[index - 1], ys[index - 1]);
                dashed.lineTo(xs[index], ys[index]);
            }
            if (index === from || gap) solid.moveTo(xs[index], ys[index]);
            else solid.lineTo(xs[index], ys[index]);
        }
        context.globalAlpha = strength;
        if (strength > 0.5) {
            context.strokeStyle = theme.halo;
            context.lineWidth = 6;
            context.globalAlpha = 0.8;
            context.stroke(solid);
            context.globalAlpha = strength;
        }
        context.strokeStyle = track.colour;
        context.lineWidth = 3;
        context.stroke(solid);
        context.lineWidth = 2;
        context.setLineDash([2, 7]);
        context.stroke(dashed);
        context.setLineDash([]);
        context.globalAlpha = 1;
    }

    #stays(context, view, {track}) {
        for (const stay of track.stays) {
            const [x, y] = view.at(stay.lat, stay.lon);
            const radius = stayRadius(stay);
            const reached = stay.from <= this.time;
            disc(context, x, y, radius);
            context.fillStyle = track.colour;
            context.globalAlpha = reached ? 0.2 : 0.08;
            context.fill();
            context.globalAlpha = reached ? 0.9 : 0.3;
            context.strokeStyle = track.colour;
            context.lineWidth = 2;
            // A part of it is a silence.
            if (stay.assumed) context.setLineDash([4, 5]);
            context.stroke();
            context.setLineDash([]);
        }
        context.globalAlpha = 1;
    }

    #circles(context, view, {track, xs, ys, reached}) {
        const first = track.line.length <= MOST_CIRCLES ? 0 : Math.max(0, reached - 1);
        context.fillStyle = context.strokeStyle = track.colour;
        context.lineWidth = 1;
        for (let index = first; index < reached; index++) {
            const {accuracy, lat} = track.line[index];
            const radius = accuracy === null ? 0 : view.pixels(accuracy, lat);
            if (radius < POINT + 2 || !view.isVisible(xs[index], ys[index], radius)) continue;
            disc(context, xs[index], ys[index], radius);
            const isHead = index === reached - 1;
            context.globalAlpha = isHead ? 0.12 : 0.045;
            context.fill();
            context.globalAlpha = isHead ? 0.5 : 0.2;
            context.stroke();
        }
        context.globalAlpha = 1;
    }

    #points(context, {track, xs, ys, reached}) {
        if (reached > MOST_POINTS) return;
        for (let index = 0; index < reached; index++) {
            const isUncertain = track.line[index].flags.length > 0;
            disc(context, xs[index], ys[index], POINT);
            context.fillStyle = isUncertain ? theme.halo : track.colour;
            context.fill();
            context.lineWidth = 1.5;
            context.strokeStyle = isUncertain ? track.colour : theme.halo;
            context.stroke();
        }
    }

    /** Reports that are left out everywhere else: crosses that no line leads to. */
    #wrong(context, view, {track}) {
        context.strokeStyle = theme.danger;
        context.lineWidth = 2;
        for (const point of track.wrong) {
            if (point.time > this.time) continue;
            const [x, y] = view.at(point.lat, point.lon);
            context.beginPath();
            context.moveTo(x - 4, y - 4);
            context.lineTo(x + 4, y + 4);
            context.moveTo(x + 4, y - 4);
            context.lineTo(x - 4, y + 4);
            context.stroke();
        }
    }

    #head(context, view, {track, xs, ys, reached, name}) {
        if (!reached) return;
        const x = xs[reached - 1], y = ys[reached - 1];
        if (!view.isVisible(x, y, 200)) return;
        disc(context, x, y, HEAD + 3);
        context.fillStyle = theme.halo;
        context.shadowColor = "rgb(0 0 0 / 35%)";
        context.shadowBlur = 6;
        context.shadowOffsetY = 1;
        context.fill();
        context.shadowColor = "transparent";
        disc(context, x, y, HEAD);
        context.fillStyle = track.colour;
        context.fill();
        if (name) write(context, name, theme.text, theme.halo);
    }

    hit(view, x, y) {
        let nearest = null, least = HIT;
        for (const {track, xs, ys, reached} of this.pictures ?? []) {
            for (let index = 0; index < reached; index++) {
                const distance = Math.hypot(xs[index] - x, ys[index] - y);
                if (distance <= least) {
                    least = distance;
                    nearest = {kind: "report", track, point: track.line[index]};
                }
            }
            for (const point of this.layers("flags") ? track.wrong : []) {
                const [left, top] = view.at(point.lat, point.lon);
                if (Math.hypot(left - x, top - y) < least) nearest = {kind: "report", track, point};
            }
        }
        return nearest ?? this.#stayAt(view, x, y);
    }

    #stayAt(view, x, y) {
        for (const track of this.tracks) {
            for (const stay of track.stays) {
                const [left, top] = view.at(stay.lat, stay.lon);
                if (Math.hypot(left - x, top - y) < stayRadius(stay)) return {kind: "stay", track, stay};
            }
        }
        return null;
    }
}

/** Larger the longer it was. */
const stayRadius = stay => 11 + 3.5 * Math.log2(1 + (stay.to - stay.from) / 3600);
