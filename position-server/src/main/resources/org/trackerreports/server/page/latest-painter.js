import {now} from "./format.js";
import {disc, write} from "./stage.js";
import {mapFont, theme} from "./theme.js";

/** The latest position of every tracker, and groups of them where there are too many. */

const RADIUS = 7;
const HIT = 14;
/** With more trackers in view, only the one under the pointer has its circle of accuracy and its name. */
const MOST_CIRCLES = 60, MOST_NAMES = 300;

/** How strong a position is drawn: old ones fade. */
export function freshness(time, at = now()) {
    const hours = (at - time) / 3600;
    if (hours < 1) return 1;
    if (hours < 24) return 0.85;
    return hours < 7 * 24 ? 0.6 : 0.4;
}

/** How large a group is drawn, in pixels. */
export const groupRadius = count => 13 + 3 * Math.log10(count) ** 1.6;

export class LatestPainter {
    /** @param wanted says whether circles of accuracy are shown */
    constructor(wanted) {
        this.wanted = wanted;
        this.trackers = [];
        this.groups = [];
        this.over = null;
        this.visible = true;
    }

    prepare(view, labels) {
        this.names = [];
        this.shown = [];
        if (!this.visible) return;
        const shown = this.shown;
        for (const tracker of this.trackers) {
            const at = tracker.position;
            if (!at) continue;
            const [x, y] = view.at(at.lat, at.lon);
            if (view.isVisible(x, y, 200)) shown.push({tracker, at, x, y, strength: freshness(at.time)});
        }
        shown.sort((one, other) => one.at.time - other.at.time);
        for (const group of this.groups) {
            [group.x, group.y] = view.at(group.lat, group.lon);
            group.radius = groupRadius(group.count);
            labels.take(group.x - group.radius, group.y - group.radius, 2 * group.radius, 2 * group.radius);
        }
        shown.forEach(({x, y}) => labels.take(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
        const over = shown.find(each => each.tracker.id === this.over);
        const named = shown.length <= MOST_NAMES ? [...shown].reverse().filter(each => each !== over) : [];
        this.names = [over, ...named].filter(Boolean)
            .map(({tracker, x, y}) => labels.place(tracker.name, x + RADIUS + 3, y, mapFont(12.5, 600))).filter(Boolean);
    }

    draw(context, view) {
        if (!this.visible) return;
        const shown = this.shown;
        this.#circles(context, view, shown);
        for (const {tracker, at, x, y, strength} of shown) this.#dot(context, tracker, at, x, y, strength);
        this.#groups(context, view);
        this.names.forEach(name => write(context, name, theme.text, theme.halo));
    }

    #circles(context, view, shown) {
        for (const {tracker, at, x, y, strength} of shown) {
            if (at.accuracy === null || !(tracker.id === this.over || (this.wanted() && shown.length <= MOST_CIRCLES))) continue;
            const radius = view.pixels(at.accuracy, at.lat);
            if (radius < RADIUS + 2) continue;
            disc(context, x, y, radius);
            context.fillStyle = tracker.colour;
            context.globalAlpha = 0.1 * strength;
            context.fill();
            context.globalAlpha = 0.45 * strength;
            context.strokeStyle = tracker.colour;
            context.lineWidth = 1;
            context.stroke();
        }
        context.globalAlpha = 1;
    }

    #dot(context, tracker, at, x, y, strength) {
        const isOver = tracker.id === this.over;
        disc(context, x, y, RADIUS + (isOver ? 4 : 2));
        context.fillStyle = theme.halo;
        context.fill();
        disc(context, x, y, RADIUS + (isOver ? 1.5 : 0));
        context.globalAlpha = strength;
        context.fillStyle = tracker.colour;
        if (at.flags.length) {
            // What is uncertain is hollow.
            context.lineWidth = 3;
            context.strokeStyle = tracker.colour;
            context.stroke();
        } else {
            context.fill();
        }
        context.globalAlpha = 1;
    }

    #groups(context, view) {
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.font = mapFont(12, 600);
        for (const group of this.groups) {
            const {x, y} = group;
            if (!view.isVisible(x, y, 60)) continue;
            disc(context, x, y, group.radius + 5);
            context.fillStyle = theme.accent;
            context.globalAlpha = 0.2;
            context.fill();
            context.globalAlpha = 1;
            disc(context, x, y, group.radius);
            context.fill();
            context.fillStyle = "#fff";
            context.fillText(group.count < 10_000 ? group.count : Math.round(group.count / 1000) + "k", x, y + 0.5);
        }
    }

    hit(view, x, y) {
        if (!this.visible) return null;
        let nearest = null, least = HIT;
        for (const tracker of this.trackers) {
            if (!tracker.position) continue;
            const [left, top] = view.at(tracker.position.lat, tracker.position.lon);
            const distance = Math.hypot(left - x, top - y);
            if (distance < least) {
                least = distance;
                nearest = {kind: "tracker", tracker};
            }
        }
        if (nearest) return nearest;
        const group = this.groups.find(each => {
            const [left, top] = view.at(each.lat, each.lon);
            return Math.hypot(left - x, top - y) < each.radius;
        });
        return group ? {kind: "group", group} : null;
    }
}
