import {get} from "../api.js";
import {byId, show} from "../dom.js";
import {AccountList} from "./account-list.js";
import {SinkList} from "./sink-list.js";
import {setupStep} from "./steps.js";
import {TrackerList} from "./tracker-list.js";

/** Shows what is missing, in order, and keeps itself up to date. */

const POLL = 2000;

const steps = new Map();
const accounts = new AccountList(refresh);
const trackers = new TrackerList(refresh);
const sinks = new SinkList();
let timer = 0;
let reads = 0;

function render(state) {
    for (const found of state.steps) {
        let step = steps.get(found.step);
        if (!step) {
            step = setupStep(found.step, steps.size + 1, refresh);
            if (!step) continue;
            steps.set(found.step, step);
            byId("steps").append(step.element);
        }
        step.update(found, state, found === current(state));
    }
    byId("lead").textContent = state.ready
        ? "Everything is set up. Here you can add accounts and trackers, and see why a tracker has no position."
        : "From your key files to the first position, in four steps.";
    show(byId("finish"), state.ready);
    accounts.update(state);
    trackers.update(state);
    sinks.update(state);
}

/** The first step that a person can do something about. */
const current = state => state.steps.find(step => step.state !== "done");

/** Reads the state now, and again after a while. */
async function refresh() {
    clearTimeout(timer);
    const read = ++reads;
    try {
        const state = await get("setup");
        if (read !== reads) return;
        show(byId("trouble"), false);
        render(state);
    } catch (error) {
        if (read !== reads) return;
        tell(error);
    }
    timer = setTimeout(refresh, document.hidden ? 5 * POLL : POLL);
}

function tell(error) {
    const words = error.status === 401
        ? "Open the map first and enter a token with the scope admin; then come back."
        : [error.message, error.nextStep].filter(each => each).join(" ");
    const trouble = byId("trouble");
    if (trouble.hidden || trouble.textContent !== words) trouble.textContent = words;
    show(trouble, true);
}

document.addEventListener("visibilitychange", () => document.hidden || refresh());
refresh();
