import {ApiError} from "./api.js";
import {byId, h, show} from "./dom.js";

/** The form that asks for a token. The token goes to the server once, which gives the browser a cookie that no script can read. */
export function askForToken(signedIn) {
    const section = byId("login");
    if (!section.hidden) return;
    const input = h("input", {
        id: "token", type: "password", name: "token", autocomplete: "current-password", required: true, spellcheck: "false", placeholder: "trt_…",
        "aria-describedby": "login-trouble"
    });
    const trouble = h("p", {class: "trouble", id: "login-trouble", role: "alert", hidden: true});
    const form = h("form", {class: "login-card card"},
        h("img", {src: "mark.svg", alt: "", width: "44", height: "44"}),
        h("h1", {id: "login-title", text: "Trackers"}),
        h("p", {class: "note", text: "This server wants a token. Its owner makes one with:"}),
        h("pre", {class: "command", text: "./findmy tools tokens add NAME --scope read"}),
        h("label", {class: "field"}, h("span", {text: "Token"}), input), trouble,
        h("button", {type: "submit", class: "button primary wide", text: "Sign in"}));
    form.addEventListener("submit", async event => {
        event.preventDefault();
        const said = await signIn(input.value.trim());
        show(trouble, Boolean(said));
        trouble.textContent = said ?? "";
        if (said) {
            input.select();
            return;
        }
        show(section, false);
        signedIn();
    });
    section.replaceChildren(form);
    show(section, true);
    input.focus();
}

/** Answers what went wrong, or null. */
async function signIn(token) {
    try {
        const answer = await fetch(new URL("login", import.meta.url), {
            method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({token}), credentials: "same-origin"
        });
        if (answer.ok) return null;
        const problem = await answer.json().catch(() => ({}));
        return new ApiError(answer.status, problem).message;
    } catch {
        return "The server does not answer.";
    }
}

export async function signOut() {
    await fetch(new URL("logout", import.meta.url), {method: "POST", credentials: "same-origin"}).catch(() => {});
    location.reload();
}
