import {all, send} from "./api.js";
import {button, byId, h, icon, iconButton, toast} from "./dom.js";
import {dayInWords, dayStart, fromIso, iso, moment, now, today} from "./format.js";
import {trackers} from "./model.js";
import {changed, go, state} from "./state.js";

/** Links that show some trackers to others, for some time. */

const HOUR = 3600;
const ENDS = [["1 hour", HOUR], ["8 hours", 8 * HOUR], ["1 day", 24 * HOUR], ["7 days", 7 * 24 * HOUR], ["30 days", 30 * 24 * HOUR]];
/** About one kilometre. */
const ROUNDED = 1000;

export class SharesPanel {
    constructor() {
        this.root = byId("view-shares");
        changed.on((after, before) => after.view !== before.view && this.render());
    }

    async render() {
        if (state.view !== "shares") return;
        const list = h("ul", {class: "plain-list"});
        this.root.replaceChildren(
            h("div", {class: "day-head peek"}, iconButton("back", "Back", () => go({view: "list"})),
                h("div", {class: "day-who"}, h("h2", {class: "day-title", text: "Share links"}))),
            h("div", {class: "scroll"}, h("p", {class: "note padded", text: "Whoever has a link sees what it shows until it ends or you revoke it."}), list));
        try {
            const shares = await all("shares", "shares", {}, 1000);
            list.replaceChildren(...shares.map(share => this.#row(share)));
            if (shares.length === 0) {
                list.append(h("li", {class: "empty small"}, h("div", {class: "empty-picture"}, icon("share")), h("h3", {text: "No links"}),
                    h("p", {text: "Open a tracker and press Share."})));
            }
        } catch (error) {
            list.append(h("li", {class: "trouble", text: error.message}));
        }
    }

    #row(share) {
        const names = share.trackers.map(id => trackers.byId.get(id)?.name ?? "tracker " + id).join(", ");
        const what = share.to ? moment(fromIso(share.from)) + " – " + moment(fromIso(share.to)) : "Live";
        return h("li", {class: "plain-row share-row"},
            h("span", {class: "moment-mark"}, icon("share")),
            h("span", {class: "row-text"}, h("span", {class: "name", text: names}),
                h("span", {class: "note", text: what + (share.precision_m ? " · rounded to 1 km" : "")}),
                h("span", {class: "note", text: "Ends " + moment(fromIso(share.expires))})),
            button("Revoke", async () => {
                try {
                    await send("DELETE", "shares/" + share.id);
                    toast("The link to " + names + " has ended.");
                    this.render();
                } catch (error) {
                    toast(error.message, "bad");
                }
            }, "button small quiet"));
    }
}

/** Asks what to share of some trackers and shows the link. */
export function shareDialog(ids, day) {
    const dialog = byId("dialog");
    const names = ids.map(id => trackers.byId.get(id)?.name ?? "").join(", ");
    const choice = (name, value, text, checked) => h("label", {class: "choice"},
        h("input", {type: "radio", name, value, checked}), h("span", {text}));
    const end = h("select", {"aria-label": "Ends after"}, ...ENDS.map(([text, seconds]) => h("option", {value: String(seconds), text})));
    end.value = String(24 * HOUR);
    const rounded = h("input", {type: "checkbox"});
    const trouble = h("p", {class: "trouble", role: "alert", hidden: true});
    const form = h("form", {class: "form"},
        h("h2", {text: "Share " + names}),
        h("fieldset", {}, h("legend", {text: "What"}), choice("what", "live", "Live, from now on", day === today()),
            choice("what", "day", dayInWords(day), day !== today())),
        h("label", {class: "field"}, h("span", {text: "The link ends after"}), h("span", {class: "chip select"}, end, icon("down"))),
        h("label", {class: "check"}, rounded, h("span", {text: "Round positions to about 1 km"})), trouble,
        h("div", {class: "dialog-actions"}, button("Cancel", () => dialog.close(), "button quiet"),
            h("button", {type: "submit", class: "button primary", text: "Make link"})));
    form.addEventListener("submit", async event => {
        event.preventDefault();
        const isDay = new FormData(form).get("what") === "day";
        try {
            const share = await send("POST", "shares", {
                trackers: ids, from: isDay ? iso(dayStart(day)) : iso(now()), to: isDay ? iso(dayStart(day, 1)) : null,
                expires: iso(now() + Number(end.value)), precision_m: rounded.checked ? ROUNDED : 0
            });
            showLink(dialog, new URL(share.path, import.meta.url).href, fromIso(share.expires));
        } catch (error) {
            trouble.hidden = false;
            trouble.textContent = [error.message, error.nextStep].filter(Boolean).join(" ");
        }
    });
    dialog.replaceChildren(form);
    dialog.showModal();
}

function showLink(dialog, href, expires) {
    const link = h("input", {type: "text", readonly: "", value: href, "aria-label": "Link", id: "share-link"});
    const copy = button("Copy", async () => {
        link.select();
        await navigator.clipboard.writeText(href).catch(() => document.execCommand("copy"));
        copy.textContent = "Copied";
    }, "button primary");
    dialog.replaceChildren(h("h2", {text: "The link is ready"}),
        h("p", {class: "note", text: "It is shown only now, and ends " + moment(expires) + "."}),
        h("div", {class: "copy-row"}, link, copy),
        h("div", {class: "dialog-actions"}, button("Done", () => dialog.close(), "button quiet")));
    link.select();
}
