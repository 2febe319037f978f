import {address, ApiError} from "../api.js";
import {announce, button, debounced, h, icon, show, toast} from "../dom.js";
import {count} from "../format.js";
import {previewFiles, previewTable} from "./preview.js";

/** Takes key files, shows what would be imported, and imports it. The files stay in the browser until then. */
export class KeyDrop {
    #files = [];
    #codes = new Map();
    #names = {};
    #asked = 0;
    #working = false;

    constructor(refresh) {
        this.refresh = refresh;
        this.more = "Add key files";
        this.input = h("input", {id: "key-files", type: "file", multiple: true, class: "for-the-ear", on: {change: () => this.#chosen()}});
        this.zone = h("label", {class: "drop", for: "key-files"}, icon("key"),
            h("strong", {text: "Drop key files here, or choose them"}),
            h("span", {class: "note", text: "OpenTagViewer zips, FindMy.py and macless-haystack JSON, .keys, plists, CSV"}));
        this.trouble = h("p", {class: "trouble", role: "alert", hidden: true});
        this.preview = h("div", {class: "preview", hidden: true});
        this.go = button("Import", () => this.#import(), "button primary");
        this.actions = h("div", {class: "form-actions", hidden: true}, button("Clear", () => this.#clear(), "button quiet"), this.go);
        this.elements = [h("div", {class: "drop-frame"}, this.input, this.zone), this.trouble, this.preview, this.actions];
        this.#dropping();
    }

    busy() {
        return this.#files.length > 0;
    }

    focus() {
        this.input.focus();
    }

    // ---- files ----

    /** The whole window takes files, so that one that misses the zone does not replace the page. */
    #dropping() {
        const carriesFiles = event => event.dataTransfer?.types.includes("Files");
        addEventListener("dragover", event => {
            if (!carriesFiles(event)) return;
            event.preventDefault();
            this.zone.classList.add("over");
        });
        addEventListener("dragleave", event => event.relatedTarget || this.zone.classList.remove("over"));
        addEventListener("drop", event => {
            if (!carriesFiles(event)) return;
            event.preventDefault();
            this.zone.classList.remove("over");
            this.#add([...event.dataTransfer.files]);
        });
    }

    #chosen() {
        this.#add([...this.input.files]);
        this.input.value = "";
    }

    async #add(files) {
        this.#files.push(...files);
        this.#names = {};
        this.#look();
        // They may have been dropped while another step was open.
        await this.refresh();
        this.zone.scrollIntoView({block: "nearest"});
    }

    #clear() {
        this.#files = [];
        this.#codes.clear();
        this.#names = {};
        this.#asked++;
        this.#say("");
        show(this.preview, false);
        show(this.actions, false);
    }

    // ---- preview and import ----

    async #send(preview) {
        const form = new FormData();
        this.#files.forEach(file => form.append("file", file, file.name));
        [...this.#codes.values()].filter(code => code).forEach(code => form.append("code", code));
        form.append("names", JSON.stringify(this.#names));
        if (preview) form.append("preview", "yes");
        const answer = await fetch(address("setup/imports"), {method: "POST", body: form, credentials: "same-origin"}).catch(() => {
            throw new ApiError(0, {detail: "The server does not answer, or a file cannot be read any more. Drop the files again."});
        });
        const body = await answer.json().catch(() => ({}));
        if (answer.status === 413) throw new ApiError(413, {detail: "These files are too large together.", next_step: "Drop fewer at once."});
        if (!answer.ok) throw new ApiError(answer.status, body);
        return body;
    }

    #look = debounced(50, async () => {
        const asked = ++this.#asked;
        this.zone.classList.add("working");
        try {
            const found = await this.#send(true);
            if (asked === this.#asked) this.#show(found);
        } catch (error) {
            if (asked === this.#asked) this.#say([error.message, error.nextStep].filter(each => each).join(" "));
        } finally {
            this.zone.classList.remove("working");
        }
    });

    #show(found) {
        this.#say("");
        const focused = document.activeElement?.dataset?.key;
        this.preview.replaceChildren(
            previewFiles(found.files, this.#codes, (file, code) => {
                this.#codes.set(file, code);
                this.#look();
            }),
            ...previewTable(found, this.#names, (number, name) => {
                this.#names[number] = name;
                this.#look();
            }));
        if (focused) this.preview.querySelector("[data-key='" + CSS.escape(focused) + "']")?.focus();
        this.go.textContent = "Import " + count(found.imported, "tracker");
        this.go.disabled = found.imported === 0 && !found.trackers.some(tracker => tracker.alignment_time);
        show(this.preview, true);
        show(this.actions, true);
        announce(summary(found, "would be imported"));
    }

    async #import() {
        if (this.#working) return;
        this.#working = true;
        this.go.disabled = true;
        try {
            const done = await this.#send(false);
            this.#clear();
            toast(summary(done, "imported"));
        } catch (error) {
            this.go.disabled = false;
            this.#say([error.message, error.nextStep].filter(each => each).join(" "));
        } finally {
            this.#working = false;
        }
        this.refresh();
    }

    #say(text) {
        this.trouble.textContent = text;
        show(this.trouble, text !== "");
    }
}

const summary = (found, done) => [
    count(found.imported, "tracker") + " " + done,
    found.already_there > 0 ? found.already_there + " already there" : "",
    found.refused > 0 ? found.refused + " refused" : "",
    found.problems > 0 ? count(found.problems, "problem") + " in the files" : ""
].filter(each => each).join(", ") + ".";
