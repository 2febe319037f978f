import {coloured, css, h, icon, iconButton, Signal} from "./dom.js";
import {exactTime, timeOfDay} from "./format.js";

/** The slider over a day, which plays it and shows when there were reports. */

const SPEEDS = [60, 300, 1800];
/** What one press of an arrow key on the slider is. */
const STEP = 60;

export class Playback {
    /** The time changed; whether it is being played is given, too. */
    moved = new Signal();
    follows = true;
    from = 0;
    to = 1;
    time = 1;
    tracks = [];

    constructor() {
        this.playing = 0;
        this.slider = h("input", {
            id: "slider", type: "range", step: "1", "aria-label": "Time of day",
            on: {input: () => this.#slid(), keydown: event => this.#key(event)}
        });
        this.button = iconButton("play", "Play", () => this.toggle(), {class: "icon-button play", id: "play"});
        this.speed = h("select", {"aria-label": "Speed", id: "speed"},
            ...SPEEDS.map(speed => h("option", {value: String(speed), text: speed + "×"})));
        this.speed.value = "300";
        this.output = h("output", {class: "clock", for: "slider"});
        this.follow = iconButton("follow", "The map follows", () => this.#followed(), {"aria-pressed": "true"});
        this.strip = h("canvas", {class: "strip", "aria-hidden": "true"});
        this.ends = h("div", {class: "strip-ends", "aria-hidden": "true"}, h("span"), h("span"), h("span"));
        this.element = h("section", {class: "playback peek", "aria-label": "Replay"},
            h("div", {class: "playback-row"}, this.button, this.output,
                h("span", {class: "playback-end"}, h("span", {class: "chip select small"}, this.speed, icon("down")), this.follow)),
            this.box = h("div", {class: "slider-box"}, this.strip, this.slider), this.ends);
        new ResizeObserver(() => this.#drawStrip()).observe(this.strip);
    }

    /** @param keepTime whether the slider stays where it is, unless it is at the end */
    show(tracks, from, to, keepTime) {
        const stays = keepTime && this.time < this.to - 1 && this.time >= from && this.time <= to;
        this.tracks = tracks;
        this.from = from;
        this.to = to;
        this.slider.min = from;
        this.slider.max = to;
        if (!stays) {
            this.stop();
            this.time = to;
        }
        const middle = Math.round((from + to) / 2 / STEP) * STEP;
        [from, middle, to].forEach((time, index) => this.ends.children[index].textContent = timeOfDay(time));
        this.#drawStrip();
        this.#tell();
    }

    set(time) {
        this.stop();
        this.time = Math.max(this.from, Math.min(this.to, time));
        this.#tell();
    }

    #slid() {
        this.stop();
        this.time = Number(this.slider.value);
        this.#tell();
    }

    #key(event) {
        const step = {ArrowRight: STEP, ArrowUp: STEP, ArrowLeft: -STEP, ArrowDown: -STEP, PageUp: 3600, PageDown: -3600}[event.key];
        if (!step) return;
        event.preventDefault();
        event.stopPropagation();
        this.set(this.time + step);
    }

    #followed() {
        this.follows = !this.follows;
        this.follow.setAttribute("aria-pressed", String(this.follows));
        this.#tell();
    }

    toggle() {
        if (this.playing) this.stop();
        else this.#play();
    }

    #play() {
        const first = Math.min(...this.tracks.map(track => track.line[0]?.time ?? Infinity));
        if (this.time >= this.to) this.time = Number.isFinite(first) ? Math.max(this.from, first - 1) : this.from;
        this.#button("pause", "Pause");
        let before = performance.now();
        const step = at => {
            this.time = Math.min(this.to, this.time + (at - before) / 1000 * Number(this.speed.value));
            before = at;
            this.playing = this.time < this.to ? requestAnimationFrame(step) : 0;
            if (!this.playing) this.#button("play", "Play");
            this.#tell();
        };
        this.playing = requestAnimationFrame(step);
    }

    stop() {
        if (!this.playing) return;
        cancelAnimationFrame(this.playing);
        this.playing = 0;
        this.#button("play", "Play");
    }

    #button(name, label) {
        this.button.replaceChildren(icon(name));
        this.button.setAttribute("aria-label", label);
        this.button.title = label;
    }

    #tell() {
        this.slider.value = this.time;
        const text = exactTime(this.time);
        this.slider.setAttribute("aria-valuetext", text);
        this.output.textContent = text;
        this.box.style.setProperty("--share", (this.time - this.from) / (this.to - this.from || 1));
        this.moved.emit(this.time, this.playing !== 0);
    }

    /** When each tracker was seen and stayed: one thin lane for each. */
    #drawStrip() {
        const {clientWidth: width, clientHeight: height} = this.strip;
        if (!width || !height) return;
        const density = window.devicePixelRatio || 1;
        this.strip.width = width * density;
        this.strip.height = height * density;
        const context = this.strip.getContext("2d");
        context.scale(density, density);
        const x = time => (time - this.from) / (this.to - this.from) * width;
        const lane = height / Math.max(1, this.tracks.length);
        this.tracks.forEach((track, index) => {
            const top = index * lane, inner = Math.min(10, lane - 1);
            context.fillStyle = track.colour;
            context.globalAlpha = 0.3;
            for (const stay of track.stays) {
                context.beginPath();
                context.roundRect(x(stay.from), top + (lane - inner) / 2, Math.max(2, x(stay.to) - x(stay.from)), inner, 3);
                context.fill();
            }
            context.globalAlpha = 0.9;
            let last = -Infinity;
            for (const point of track.line) {
                const left = Math.round(x(point.time) * 2) / 2;
                if (left === last) continue;
                last = left;
                context.fillRect(left - 0.75, top + (lane - inner) / 2, 1.5, inner);
            }
        });
        if (this.tracks.every(track => track.line.length === 0)) {
            context.globalAlpha = 1;
            context.fillStyle = css("--border");
            context.fillRect(0, height / 2 - 1, width, 2);
        }
    }
}

/** A mark in the colour of a track. */
export const swatch = track => coloured(h("span", {class: "dot small"}), track.colour);
