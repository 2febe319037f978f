import {h, icon} from "./dom.js";

/** What a newcomer sees: what is missing, and the next step. */
export function emptyState(session) {
    const next = session.setup && session.scopes.includes("admin")
        ? [h("p", {text: "Sign in to an account and add the key files of your trackers. It takes a few minutes."}),
            h("a", {class: "button primary", href: session.setup}, icon("key"), "Set up")]
        : [h("p", {text: "Import the key files of your trackers, then start the daemon:"}),
            h("pre", {class: "command", text: "./findmy tools login --account main\n./findmy tools trackers import FILE…\n./findmy fetcher"})];
    return [h("div", {class: "empty-picture"}, icon("place")), h("h2", {text: "No trackers yet"}), ...next];
}
