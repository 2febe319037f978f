import {css, Signal} from "./dom.js";

/** The colours that the map is drawn with; they follow the theme of the system. */

const names = ["land", "water", "border", "text", "muted", "surface", "accent", "danger", "place", "halo", "name"];

export const themeChanged = new Signal();
export const theme = {dark: false};

function read() {
    theme.dark = matchMedia("(prefers-color-scheme: dark)").matches;
    names.forEach(name => theme[name] = css("--map-" + name) || css("--" + name));
}

read();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    read();
    themeChanged.emit();
});

export const mapFont = (size, weight = 500) => weight + " " + size + "px " + css("--font");
