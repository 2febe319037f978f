/**
 * One canvas over the map on which everything that is not the base map is drawn: fast enough for ten thousand trackers and for a day of
 * five thousand reports at every step of the slider. Painters are called in order; the last one is on top.
 *
 * A painter has `draw(context, view)`, and may have
 * - `prepare(view, labels)`, in which it asks for room for its names, the topmost painter first;
 * - `replay(context, view, labels)`, which draws what changes with the time of a replay, over everything else. It alone is called for each
 *   step of a replay, so the rest is drawn once, however much that is;
 * - `hit(view, x, y)`, which answers what is at a pixel, or null.
 */

const TILE = 256;
const EARTH = 40_075_016.686;

/** Web Mercator: both between 0 and 1 for the whole world. */
export const mercatorX = lon => (lon + 180) / 360;
export function mercatorY(lat) {
    const sine = Math.sin(Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Where things are on the canvas, for one picture. */
class View {
    /** @param density pixels of the screen for each pixel of the page */
    constructor(map, density) {
        this.density = density;
        const size = map.getSize();
        const middle = map.project(map.getCenter());
        this.zoom = map.getZoom();
        this.scale = TILE * 2 ** this.zoom;
        this.left = middle.x - size.x / 2;
        this.top = middle.y - size.y / 2;
        this.width = size.x;
        this.height = size.y;
        this.middle = middle.x / this.scale;
    }

    /** The turns around the world that bring a place near the middle of the map. */
    turn(mercator) {
        return Math.round(this.middle - mercator);
    }

    x(mercator) {
        return mercator * this.scale - this.left;
    }

    y(mercator) {
        return mercator * this.scale - this.top;
    }

    /** The pixel of a place, on the side of the date line that is shown. */
    at(lat, lon) {
        const x = mercatorX(lon);
        return [this.x(x + this.turn(x)), this.y(mercatorY(lat))];
    }

    /** How many pixels a length has at a latitude. */
    pixels(metres, lat) {
        return metres / (EARTH * Math.cos(lat * Math.PI / 180)) * this.scale;
    }

    /** What is in view, in Web Mercator. */
    bounds() {
        return {
            west: this.left / this.scale, east: (this.left + this.width) / this.scale,
            north: this.top / this.scale, south: (this.top + this.height) / this.scale
        };
    }

    isVisible(x, y, margin) {
        return x > -margin && y > -margin && x < this.width + margin && y < this.height + margin;
    }
}

export class Stage extends L.Layer {
    constructor(painters) {
        super();
        this.painters = painters;
        this.frame = 0;
        /** What does not change while a replay goes on; null if it must be drawn again. */
        this.ground = null;
        this.kept = document.createElement("canvas");
    }

    onAdd(map) {
        this.canvas = document.createElement("canvas");
        this.canvas.className = "stage leaflet-zoom-animated";
        this.context = this.canvas.getContext("2d");
        map.getPane("overlayPane").append(this.canvas);
        map.on("move moveend zoomend viewreset resize", this.redraw, this);
        map.on("zoomanim", this.#zoom, this);
        this.redraw();
    }

    /** Draws everything again with the next picture of the screen, however often it is asked for. */
    redraw() {
        this.ground = null;
        this.step();
    }

    /** The same for what changes with the time of a replay. */
    step() {
        if (!this.frame) {
            this.frame = requestAnimationFrame(() => {
                this.frame = 0;
                this.#draw();
            });
        }
    }

    #draw() {
        const map = this._map;
        if (!map || map._animatingZoom) return;
        const size = map.getSize();
        const density = window.devicePixelRatio || 1;
        for (const canvas of [this.canvas, this.kept]) {
            const width = Math.round(size.x * density), height = Math.round(size.y * density);
            if (canvas.width !== width || canvas.height !== height) {
                canvas.width = width;
                canvas.height = height;
                this.ground = null;
            }
        }
        this.canvas.style.width = size.x + "px";
        this.canvas.style.height = size.y + "px";
        if (!this.ground) this.#drawGround(map, density);
        L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
        const context = this.context;
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, this.canvas.width, this.canvas.height);
        context.drawImage(this.ground, 0, 0);
        context.setTransform(density, 0, 0, density, 0, 0);
        const labels = new Labels(context);
        this.#paint(context, painter => painter.replay?.(context, this.view, labels));
    }

    #drawGround(map, density) {
        const context = this.kept.getContext("2d");
        context.setTransform(density, 0, 0, density, 0, 0);
        context.clearRect(0, 0, this.kept.width, this.kept.height);
        this.view = new View(map, density);
        const labels = new Labels(context);
        for (const painter of [...this.painters].reverse()) painter.prepare?.(this.view, labels);
        this.#paint(context, painter => painter.draw(context, this.view));
        this.ground = this.kept;
    }

    #paint(context, draw) {
        for (const painter of this.painters) {
            context.save();
            draw(painter);
            context.restore();
        }
    }

    #zoom(event) {
        const map = this._map;
        const scale = map.getZoomScale(event.zoom, map.getZoom());
        const corner = map._latLngBoundsToNewLayerBounds(map.getBounds(), event.zoom, event.center).min;
        L.DomUtil.setTransform(this.canvas, corner, scale);
    }

    /** What is at a pixel of the map, of the topmost painter that has something there. */
    hit(point) {
        if (!this.view) return null;
        for (const painter of [...this.painters].reverse()) {
            const found = painter.hit?.(this.view, point.x, point.y);
            if (found) return found;
        }
        return null;
    }
}

// ---- what painters draw with ----

export function disc(context, x, y, radius) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
}

const LONGEST_NAME = 28;

/** Names that do not cover each other: who asks first wins. */
class Labels {
    #taken = [];

    constructor(context) {
        this.context = context;
    }

    /** Keeps a box free of names. */
    take(left, top, width, height) {
        this.#taken.push({left, top, width, height});
    }

    #isFree(left, top, width, height) {
        return !this.#taken.some(box => left < box.left + box.width && box.left < left + width
            && top < box.top + box.height && box.top < top + height);
    }

    /** A name beside a point or around it, to be written later; null if there is no room for it. */
    place(text, x, y, font, isCentred = false) {
        const short = text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME - 1) + "…" : text;
        this.context.font = font;
        const width = this.context.measureText(short).width + 6, height = 17;
        const left = isCentred ? x - width / 2 : x;
        if (!this.#isFree(left, y - height / 2, width, height)) return null;
        this.take(left, y - height / 2, width, height);
        return {text: short, left: left + 3, y, font};
    }
}

export function write(context, {text, left, y, font}, colour, halo) {
    context.font = font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = halo;
    context.strokeText(text, left, y);
    context.fillStyle = colour;
    context.fillText(text, left, y);
}
