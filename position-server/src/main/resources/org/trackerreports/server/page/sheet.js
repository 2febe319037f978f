import {byId} from "./dom.js";
import {narrow} from "./map.js";

/** On a telephone the panel is a sheet from below with three heights, moved by the thumb, a press of its handle, or the arrow keys. */

const HEIGHTS = ["low", "half", "full"];
const DRAG = 6;

const panel = byId("panel"), handle = byId("handle");
let height = "half", drag = null, dragged = -Infinity;

/** How high the sheet is at a height, in pixels. The low one shows what is marked as such. */
function pixels(name) {
    const all = innerHeight;
    if (name === "full") return all - 44;
    if (name === "half") return Math.round(all * 0.5);
    const top = panel.getBoundingClientRect().top;
    const parts = [...panel.querySelectorAll(".peek")].filter(each => each.offsetParent !== null);
    const bottom = Math.max(...parts.map(each => each.getBoundingClientRect().bottom - top), 80);
    return Math.min(Math.round(bottom + 8), Math.round(all * 0.5));
}

export function setSheet(name) {
    height = name;
    panel.dataset.height = name;
    handle.setAttribute("aria-expanded", String(name !== "low"));
    apply();
}

function apply() {
    if (narrow.matches) document.documentElement.style.setProperty("--sheet", pixels(height) + "px");
    else document.documentElement.style.removeProperty("--sheet");
}

/** Higher, for what needs much room in it. */
export function makeTall() {
    if (narrow.matches) setSheet("full");
}

/** Lower, if the sheet hides most of the map. */
export function makeRoom() {
    if (narrow.matches && height === "full") setSheet("half");
}

const step = by => setSheet(HEIGHTS[Math.max(0, Math.min(2, HEIGHTS.indexOf(height) + by))]);

function begin(event) {
    if (!narrow.matches || (event.target.closest("button, input, select, a, label") && event.target !== handle)) return;
    drag = {y: event.clientY, from: panel.offsetHeight, moved: false, at: event.timeStamp};
}

function move(event) {
    if (!drag) return;
    const by = drag.y - event.clientY;
    if (!drag.moved && Math.abs(by) < DRAG) return;
    drag.moved = true;
    drag.speed = by / Math.max(1, event.timeStamp - drag.at);
    panel.classList.add("dragged");
    document.documentElement.style.setProperty("--sheet", Math.max(90, Math.min(innerHeight - 44, drag.from + by)) + "px");
}

function end() {
    if (!drag) return;
    panel.classList.remove("dragged");
    if (drag.moved) {
        const now = panel.offsetHeight + 180 * drag.speed;
        const nearest = HEIGHTS.map(name => ({name, far: Math.abs(pixels(name) - now)})).sort((one, other) => one.far - other.far)[0];
        setSheet(nearest.name);
        dragged = performance.now();
    }
    drag = null;
}

export function startSheet() {
    handle.addEventListener("click", () => {
        // The end of a drag on the handle is no press of it.
        if (performance.now() - dragged > 300) setSheet(height === "full" ? "low" : HEIGHTS[HEIGHTS.indexOf(height) + 1]);
    });
    handle.addEventListener("keydown", event => {
        const by = {ArrowUp: 1, ArrowDown: -1}[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        step(by);
    });
    panel.addEventListener("pointerdown", begin);
    addEventListener("pointermove", move);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
    addEventListener("resize", apply);
    narrow.addEventListener("change", apply);
    setSheet("half");
}
