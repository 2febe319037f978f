import {button, byId, h, show} from "../dom.js";

/**
 * Asks in a dialog, and takes the answer's action in it; a failure is told there.
 *
 * @param content elements above the buttons
 * @param action called with the form's data; the dialog closes when it has succeeded
 */
export function ask(title, content, label, action, kind = "primary") {
    const dialog = byId("dialog");
    const trouble = h("p", {class: "trouble", role: "alert", hidden: true});
    const go = h("button", {type: "submit", class: "button " + kind, text: label});
    const form = h("form", {class: "form"}, ...content, trouble,
        h("div", {class: "dialog-actions"}, button("Cancel", () => dialog.close(), "button quiet"), go));
    form.addEventListener("submit", async event => {
        event.preventDefault();
        go.disabled = true;
        try {
            await action(new FormData(form));
            dialog.close();
        } catch (error) {
            trouble.textContent = [error.message, error.nextStep].filter(each => each).join(" ");
            show(trouble, true);
            go.disabled = false;
        }
    });
    dialog.replaceChildren(h("h2", {id: "dialog-title", text: title}), form);
    dialog.setAttribute("aria-labelledby", "dialog-title");
    dialog.showModal();
    (form.querySelector("input, textarea") ?? go).focus();
}
