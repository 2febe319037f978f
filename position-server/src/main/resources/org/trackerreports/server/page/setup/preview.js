import {h, icon} from "../dom.js";
import {count} from "../format.js";

/** What the files hold: each file with its problems, then the trackers. */

/**
 * @param codes the codes of locked zips by file, as they were typed
 * @param entered is told a file and its code
 */
export function previewFiles(files, codes, entered) {
    return h("ul", {class: "files"}, ...files.map(file => h("li", {class: usable(file) ? "" : "bad"},
        h("div", {class: "file-line"},
            icon(usable(file) ? "check" : "close"),
            h("span", {class: "file-name", text: file.file}),
            h("span", {class: "note", text: file.format + (file.trackers > 0 ? " · " + count(file.trackers, "tracker") : "")})),
        file.locked ? codeField(file, codes, entered) : null,
        ...(file.locked && !file.opened ? [] : file.problems.slice(0, 20).map(problem =>
            h("p", {class: "problem"}, h("strong", {text: problem.where + ": "}), problem.message))),
        file.problems.length > 20 ? h("p", {class: "problem", text: "… and " + (file.problems.length - 20) + " more problems"}) : null)));
}

const usable = file => file.problems.length === 0 && (!file.locked || file.opened);

function codeField(file, codes, entered) {
    const wrong = codes.get(file.file) && !file.opened;
    return h("label", {class: "field code-field"},
        h("span", {text: file.opened ? "The code opens it." : wrong
            ? "This code does not open it. The code, as the exporter showed it:"
            : "This zip is locked. Its code, as the exporter showed it:"}),
        h("input", {
            type: "text", value: codes.get(file.file) ?? "", placeholder: "H4K2-9WMR-7TQX", autocomplete: "off", spellcheck: "false",
            autocapitalize: "characters", "aria-invalid": wrong ? "true" : null, "data-key": "code " + file.file,
            on: {change: event => entered(file.file, event.target.value.trim())}
        }));
}

/**
 * @param names the new names by number
 * @param renamed is told the number of a tracker and its new name
 */
export function previewTable(found, names, renamed) {
    if (found.trackers.length === 0) return [];
    const rows = found.trackers.map(tracker => h("tr", {"data-outcome": tracker.outcome},
        h("td", {}, tracker.name_taken || tracker.number in names ? nameField(tracker, renamed) : tracker.name),
        h("td", {class: "note", text: kind(tracker)}),
        h("td", {}, h("span", {class: "badge", text: outcomes[tracker.outcome] ?? tracker.outcome}),
            tracker.reason ? h("p", {class: "problem", text: sentence(tracker.reason)}) : null,
            tracker.alignment_time ? h("p", {class: "note", text: "Its alignment moves forward."}) : null)));
    const table = h("table", {},
        h("caption", {class: "for-the-ear", text: "What would be imported"}),
        h("thead", {}, h("tr", {}, ...["Tracker", "Keys", ""].map(text => h("th", {scope: "col", text: text || "Import"})))),
        h("tbody", {}, ...rows));
    const rest = found.not_listed > 0 ? [h("p", {class: "note", text: "… and " + count(found.not_listed, "more tracker", "more trackers")})] : [];
    return [h("div", {class: "table-frame", tabindex: "0", role: "region", "aria-label": "What would be imported"}, table), ...rest];
}

const nameField = (tracker, renamed) => h("input", {
    class: "name-input", value: tracker.name, "aria-label": "Another name for " + tracker.name, maxlength: "200", "data-key": "name " + tracker.number,
    on: {change: event => event.target.value.trim() && renamed(tracker.number, event.target.value.trim())}
});

const outcomes = {new: "New", already_there: "Already there", refused: "Refused"};

const kind = tracker => tracker.kind === "accessory" ? "rolling" : count(tracker.keys, "key");

const sentence = text => text.charAt(0).toUpperCase() + text.slice(1) + ".";
