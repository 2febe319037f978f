import {addBaseMap} from "./basemap.js";
import {byId, coloured, h, icon, iconButton} from "./dom.js";
import {ago, dayInWords, dayOf, dayStart, fromIso, moment, now} from "./format.js";
import {TrackerMap} from "./map.js";
import {colourOf, position, stay} from "./model.js";
import {Playback} from "./playback.js";
import {startSheet} from "./sheet.js";
import {reportList, timeline} from "./timeline.js";
import {asTrack} from "./track.js";

/** The page that a share link opens: some trackers, for some time, and nothing else of this server. */

const LOOK_AGAIN = 30_000;
const DATA = location.pathname.replace(/\/$/, "") + "/data";

const map = new TrackerMap(layer => layer === "circles", null);
const playback = new Playback();
const note = h("p", {class: "note padded"});
const list = h("ul", {class: "plain-list"});
const reports = h("div", {});
let tracks = [];

async function load(first) {
    const answer = await fetch(DATA).catch(() => null);
    if (answer === null) return;
    if (!answer.ok) {
        ended();
        return;
    }
    const share = await answer.json();
    const live = share.to === null;
    tracks = share.trackers.map(each => asTrack({
        id: each.id, name: each.name, colour: colourOf(each.id), several: share.trackers.length > 1, stays: (each.stays ?? []).map(stay),
        trips: [], transitions: [],
        points: (each.reports?.length ? each.reports : [each.position].filter(Boolean)).map(position).filter(Boolean)
            .map(point => ({...point, accuracy: Math.max(point.accuracy ?? 0, share.precision_m) || null}))
    }));
    note.textContent = [live ? "Live" : span(fromIso(share.from), fromIso(share.to)),
        share.precision_m ? "rounded to about " + share.precision_m / 1000 + " km" : "", "until " + moment(fromIso(share.expires))]
        .filter(Boolean).join(" · ");
    list.replaceChildren(...tracks.map(row));
    const opened = reports.querySelector("details")?.open;
    reports.replaceChildren(timeline(tracks, choose), ...tracks.map(track => reportList(track, choose)));
    if (opened) reports.querySelector("details").open = true;
    const times = tracks.flatMap(track => track.line.map(({time}) => time));
    const from = fromIso(share.from) ?? Math.min(now() - 3600, ...times);
    map.track.show(tracks);
    playback.show(tracks, from, Math.max(from + 60, Math.min(now(), (fromIso(share.to) ?? Infinity) - 1)), !first);
    map.redraw();
    if (first) showAll();
    document.body.dataset.ready = String(tracks.length);
    if (live) setTimeout(() => load(false), LOOK_AGAIN);
}

/** Shows what was chosen in the list on the map. */
function choose(track, each) {
    playback.set(each.from);
    if (each.lat !== undefined) map.centre(each);
    else map.fit(track.line.filter(({time}) => time >= each.from && time <= each.to));
}

/** A whole day in words, or from when to when. */
function span(from, to) {
    const day = dayOf(from);
    return from === dayStart(day) && to === dayStart(day, 1) ? dayInWords(day) : moment(from) + " – " + moment(to);
}

function row(track) {
    const latest = track.line[track.line.length - 1];
    return h("li", {class: "plain-row"}, h("button", {type: "button", class: "moment", on: {click: () => latest && map.centre(latest)}},
        coloured(h("span", {class: "dot"}), track.colour),
        h("span", {class: "row-text"}, h("span", {class: "name", text: track.name}),
            h("span", {class: "note", text: latest ? ["Seen " + ago(latest.time), latest.city].filter(Boolean).join(" · ") : "Not seen in this time"}))));
}

const showAll = () => map.fit(tracks.flatMap(track => track.line));

function ended() {
    playback.element.remove();
    tracks = [];
    map.track.show(tracks);
    map.redraw();
    byId("shared").replaceChildren(h("div", {class: "empty"}, h("div", {class: "empty-picture"}, icon("share")),
        h("h2", {text: "This link has ended"}), h("p", {text: "Ask whoever gave it to you for another one."})));
    document.body.dataset.ready = "ended";
}

byId("shared").append(playback.element, h("div", {class: "scroll"}, note, list, reports));
byId("map-tools").append(h("div", {class: "tool-group card"}, iconButton("fit", "Show all", showAll)));
playback.moved.on((time, isPlaying) => {
    map.track.time = time;
    if (isPlaying && playback.follows) map.follow(tracks, time);
    map.stage.step();
});
map.chosen.on(found => found?.kind === "report" && playback.set(found.point.time));
startSheet();
addBaseMap(map.map, map.stage, {}, () => {}).catch(() => {});
load(true);
