import {disc, write} from "./stage.js";
import {mapFont, theme} from "./theme.js";

/** Places: circles and polygons with their names. */
export class PlacePainter {
    places = [];
    visible = true;
    /** The one that is edited is drawn by its editor. */
    hidden = null;
    over = null;

    prepare(view, labels) {
        this.shown = [];
        if (!this.visible) return;
        for (const place of this.places) {
            const outline = place.id === this.hidden ? null : outlineOf(view, place);
            if (!outline) continue;
            const name = outline.radius > 14 ? labels.place(place.name, outline.x, outline.top - 10, mapFont(11.5, 600), true) : null;
            this.shown.push({place, outline, name});
        }
    }

    draw(context) {
        for (const {place, outline, name} of this.shown) {
            context.beginPath();
            if (outline.corners) outline.corners.forEach(([x, y]) => context.lineTo(x, y));
            else disc(context, outline.x, outline.y, outline.radius);
            context.closePath();
            context.fillStyle = context.strokeStyle = theme.place;
            context.globalAlpha = place.id === this.over ? 0.2 : 0.1;
            context.fill();
            context.globalAlpha = 0.8;
            context.lineWidth = 1.5;
            context.stroke();
            context.globalAlpha = 1;
            if (name) write(context, name, theme.place, theme.halo);
        }
    }

    hit(view, x, y) {
        if (!this.visible) return null;
        const found = this.places.filter(place => {
            if (place.corners) return contains(place.corners.map(({lat, lon}) => view.at(lat, lon)), x, y);
            const [left, top] = view.at(place.lat, place.lon);
            return Math.hypot(left - x, top - y) < view.pixels(place.radius_m, place.lat);
        });
        found.sort((one, other) => (one.radius_m ?? Infinity) - (other.radius_m ?? Infinity));
        return found.length ? {kind: "place", place: found[0]} : null;
    }
}

/** Where a place is on the canvas; null if it is not in view. */
function outlineOf(view, place) {
    if (!place.corners) {
        const [x, y] = view.at(place.lat, place.lon);
        const radius = Math.max(4, view.pixels(place.radius_m, place.lat));
        return view.isVisible(x, y, radius) ? {x, y, top: y - radius, radius} : null;
    }
    const corners = place.corners.map(({lat, lon}) => view.at(lat, lon));
    const xs = corners.map(([x]) => x), top = Math.min(...corners.map(([, y]) => y));
    const left = Math.min(...xs), right = Math.max(...xs);
    return view.isVisible((left + right) / 2, top, right - left) ? {corners, x: (left + right) / 2, top, radius: (right - left) / 2} : null;
}

/** Whether a polygon contains a point, by casting a ray. */
function contains(corners, x, y) {
    let inside = false;
    for (let index = 0, before = corners.length - 1; index < corners.length; before = index++) {
        const [ax, ay] = corners[index], [bx, by] = corners[before];
        if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
    }
    return inside;
}
