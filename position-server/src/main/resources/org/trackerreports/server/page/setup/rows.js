import {button, h} from "../dom.js";

/** What the lists of accounts, trackers and programs have in common. */

/** A name and its value in a list of facts. */
export const fact = (name, ...value) => [h("dt", {text: name}), h("dd", {}, ...value)];

/** A button of a row: short for the eye, and with the name of what it is about for the ear. */
export function rowButton(text, about, click) {
    const made = button(text, click, "button quiet small");
    made.dataset.key = text + " " + about;
    made.setAttribute("aria-label", text + " " + about);
    return made;
}

/** Shows other rows, and keeps the focus on the button that has it, if it is still there. */
export function replaceRows(list, rows) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    list.replaceChildren(...rows);
    if (focused) list.querySelector("[data-key='" + CSS.escape(focused) + "']")?.focus();
}
