/** Elements of the page. Text is never read as markup. */

export const byId = id => document.getElementById(id);

/**
 * Makes an element.
 *
 * @param properties `class`, `text`, `on` (listeners by event), properties that are booleans, and attributes; undefined and null are left out
 */
export function h(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
        if (value === undefined || value === null) continue;
        if (name === "text") made.textContent = value;
        else if (name === "class") made.className = value;
        else if (name === "on") Object.entries(value).forEach(([event, listener]) => made.addEventListener(event, listener));
        else if (typeof value === "boolean" && !name.startsWith("aria-")) made[name] = value;
        else made.setAttribute(name, value);
    }
    made.append(...children.filter(child => child !== null && child !== undefined));
    return made;
}

const SVG = "http://www.w3.org/2000/svg";
const HOME = new URL(".", import.meta.url);

/** A picture of the sprite; the words beside it or the name of its button say what it means. */
export function icon(name, className = "icon") {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", className);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(SVG, "use");
    use.setAttribute("href", new URL("icons.svg", HOME).pathname + "#" + name);
    svg.append(use);
    return svg;
}

/** A button with a picture only. */
export function iconButton(name, label, click, properties = {}) {
    return h("button", {
        type: "button", class: "icon-button", "aria-label": label, title: label, on: {click}, ...properties
    }, icon(name));
}

export function button(text, click, className = "button", ...before) {
    return h("button", {type: "button", class: className, on: {click}}, ...before, text);
}

/** A colour by a custom property, which a content security policy allows from a script only. */
export function coloured(element, colour) {
    element.style.setProperty("--colour", colour);
    return element;
}

export function show(element, visible) {
    element.hidden = !visible;
}

/** Says something to a screen reader without moving the focus. */
export function announce(text) {
    byId("announcements").textContent = text;
}

let toastTimer = 0;

/** Says something to everybody for some seconds. */
export function toast(text, kind = "") {
    const box = byId("toast");
    box.textContent = text;
    box.className = "toast " + kind;
    show(box, true);
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => show(box, false), 6000);
}

/** The value of a custom property of the theme. */
export const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Calls a function when nothing asked for it again for some time. */
export function debounced(milliseconds, action) {
    let timer = 0;
    return (...values) => {
        clearTimeout(timer);
        timer = setTimeout(() => action(...values), milliseconds);
    };
}

/** Listeners of one kind of news. */
export class Signal {
    #listeners = [];

    on(listener) {
        this.#listeners.push(listener);
    }

    emit(...values) {
        this.#listeners.forEach(listener => listener(...values));
    }
}
