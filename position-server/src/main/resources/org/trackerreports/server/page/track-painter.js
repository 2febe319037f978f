import {timeOfDay} from "./format.js";
import {disc, mercatorX, mercatorY, write} from "./stage.js";
import {until} from "./track.js";
import {DoneLines, paths, POINT, project, strokeLine} from "./track-lines.js";
import {mapFont, theme} from "./theme.js";

/** The tracks of a day: all of it faint, what has happened until the chosen time strong. */

const HEAD = 8, HIT = 11;
const MOST_CIRCLES = 80;

export class TrackPainter {
    /** @param layers says which of "circles" and "flags" are shown */
    constructor(layers) {
        this.layers = layers;
        this.tracks = [];
        this.time = Infinity;
        this.pictures = [];
        /** When stays were, beside their discs. */
        this.times = [];
        this.done = new DoneLines();
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
        this.pictures = this.tracks.map(track => project(track, view));
        this.done.begin(this.pictures, view);
        this.times = this.tracks.flatMap(track => track.stays).map(stay => {
            const [x, y] = view.at(stay.lat, stay.lon);
            const text = timeOfDay(stay.from) + " – " + timeOfDay(stay.to);
            return view.isVisible(x, y, 40) ? labels.place(text, x, y + stayRadius(stay) + 10, mapFont(10.5, 600), true) : null;
        }).filter(Boolean);
    }

    /** All of the day, faint. */
    draw(context) {
        context.lineJoin = context.lineCap = "round";
        for (const {track, xs, ys} of this.pictures) {
            const {solid, dashed} = paths(track, xs, ys, 0, track.line.length);
            context.globalAlpha = 0.22;
            strokeLine(context, track.colour, solid, dashed);
        }
        context.globalAlpha = 1;
    }

    /** What has happened until the chosen time. */
    replay(context, view, labels) {
        for (const picture of this.pictures) picture.reached = until(picture.track.line, this.time);
        for (const picture of this.pictures) this.#stays(context, view, picture);
        this.done.draw(context);
        for (const picture of this.pictures) {
            if (this.layers("circles")) this.#circles(context, view, picture);
            if (this.layers("flags")) this.#wrong(context, view, picture);
        }
        this.times.forEach(time => write(context, time, theme.text, theme.halo));
        for (const picture of this.pictures) this.#head(context, view, picture, labels);
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

    #head(context, view, {track, xs, ys, reached}, labels) {
        if (!reached) return;
        const x = xs[reached - 1], y = ys[reached - 1];
        if (!view.isVisible(x, y, 200)) return;
        labels.take(x - HEAD, y - HEAD, 2 * HEAD, 2 * HEAD);
        const name = this.tracks.length > 1 ? labels.place(track.name, x + HEAD + 4, y, mapFont(12.5, 650)) : null;
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
        for (const {track, xs, ys, reached} of this.pictures) {
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
