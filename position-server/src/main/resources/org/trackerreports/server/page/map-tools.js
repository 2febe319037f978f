import {byId, h, icon, iconButton, show} from "./dom.js";
import {changed, hasLayer, toggleLayer} from "./state.js";

/** The buttons at the edge of the map. */

const LAYERS = [
    ["places", "Places", "Their outlines and names"],
    ["circles", "Accuracy", "How exact each position is"],
    ["heat", "Heat", "Where the chosen trackers were in 30 days"],
    ["flags", "Flagged reports", "Reports that are probably wrong"]
];

/** @param showAll is called to show all trackers */
export function addMapTools(map, showAll) {
    const boxes = LAYERS.map(([layer, title, note]) => {
        const box = h("input", {type: "checkbox", id: "layer-" + layer, on: {change: () => toggleLayer(layer)}});
        return {layer, box, row: h("label", {class: "layer"}, box,
            h("span", {class: "row-text"}, h("span", {class: "name", text: title}), h("span", {class: "note", text: note})))};
    });
    const menu = h("div", {class: "layers card", id: "layers", role: "group", "aria-label": "Layers", hidden: true}, ...boxes.map(({row}) => row));
    const opener = iconButton("layers", "Layers", () => open(menu.hidden), {"aria-expanded": "false", "aria-controls": "layers"});
    const open = visible => {
        show(menu, visible);
        opener.setAttribute("aria-expanded", String(visible));
    };
    menu.addEventListener("keydown", event => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        open(false);
        opener.focus();
    });
    document.addEventListener("pointerdown", event => {
        if (!menu.hidden && !menu.contains(event.target) && !opener.contains(event.target)) open(false);
    });
    byId("map-tools").append(
        h("div", {class: "tool-group card"}, opener, iconButton("fit", "Show all", showAll)),
        h("div", {class: "tool-group card zoom"},
            iconButton("plus", "Zoom in", () => map.map.zoomIn(1)), iconButton("minus", "Zoom out", () => map.map.zoomOut(1))),
        menu);
    const tick = () => boxes.forEach(({layer, box}) => box.checked = hasLayer(layer));
    changed.on(tick);
    tick();
}

/** Links to the other views. */
export function addHeadActions(session, {places, shares, leave}) {
    const link = (name, label, href) => h("a", {class: "icon-button", href, "aria-label": label, title: label}, icon(name));
    byId("places-to-go").append(...[
        iconButton("place", "Places", places, {id: "to-places"}),
        session.scopes.includes("places") ? iconButton("share", "Share links", shares, {id: "to-shares"}) : null,
        session.setup && session.scopes.includes("admin") ? link("settings", "Set up", session.setup) : null,
        session.token ? iconButton("leave", "Sign out", leave) : null
    ].filter(Boolean));
}
