import {send} from "../api.js";
import {announce, button, h, show, toast} from "../dom.js";
import {moment, fromIso} from "../format.js";

/** Signs an account in: Apple ID and password, which way the code comes, the code. The password leaves the form with the first step. */
export class SignInForm {
    #id = null;
    #working = false;
    #again = false;

    constructor(refresh) {
        this.refresh = refresh;
        this.trouble = h("p", {class: "trouble", role: "alert", hidden: true});
        this.stage = h("div", {class: "stage"});
        this.elements = [this.trouble, this.stage];
        this.more = "Add another account";
        this.#credentials();
    }

    /** Whether somebody is in the middle of it. */
    busy() {
        return this.#id !== null || this.#working;
    }

    focus() {
        this.stage.querySelector("input")?.focus();
    }

    update(found, state) {
        const waiting = state.accounts.find(account => account.state === "needs_second_factor");
        this.more = state.accounts.length > 0 ? "Add another account, or sign in again" : "Sign in";
        show(this.earlier, Boolean(waiting) && this.#id === null);
    }

    #say(text) {
        this.trouble.textContent = text;
        show(this.trouble, text !== "");
    }

    /** Takes a step; the form is quiet meanwhile, because every step counts at the service. */
    async #take(form, action) {
        if (this.#working) return;
        this.#working = true;
        this.#say("");
        const controls = [...form.querySelectorAll("button, input")].filter(control => !control.disabled);
        controls.forEach(control => control.disabled = true);
        form.classList.add("working");
        try {
            this.#next(await action());
        } catch (error) {
            this.#say([error.message, error.nextStep].filter(each => each).join(" "));
            if (error.status === 404) this.#credentials();
        } finally {
            this.#working = false;
            controls.forEach(control => control.disabled = false);
            form.classList.remove("working");
            if (form.isConnected) form.querySelector("input")?.focus();
        }
        this.refresh();
    }

    #next(step) {
        this.#id = step.id;
        switch (step.step) {
            case "way_needed": return this.#ways(step);
            case "code_sent": return this.#code(step);
            case "signed_in":
                toast(step.message);
                return this.#credentials();
            case "held_back":
                this.#say(step.message + " A sign-in is safe again from " + moment(fromIso(step.until)) + ".");
                this.#again = true;
                return show(this.insist, true);
            default:
                return this.#failed(step);
        }
    }

    #failed(step) {
        const tries = step.tries_left === undefined ? ""
            : step.tries_left === 0 ? " No more try is safe within 24 hours."
            : " " + step.tries_left + (step.tries_left === 1 ? " more try is" : " more tries are") + " safe within 24 hours.";
        if (step.id === null && this.stage.dataset.stage !== "credentials") this.#credentials();
        this.#say(step.message + tries);
    }

    // ---- Apple ID and password ----

    #credentials() {
        this.#id = null;
        this.#again = false;
        const name = h("input", {type: "text", name: "apple-id", autocomplete: "username", autocapitalize: "none", spellcheck: "false",
            inputmode: "email", required: true, placeholder: "owner@example.com"});
        const password = h("input", {type: "password", name: "password", autocomplete: "current-password", required: true});
        const remember = h("input", {type: "checkbox", name: "remember", checked: true});
        const alias = h("input", {type: "text", name: "account", autocomplete: "off", maxlength: "200", placeholder: "main"});
        this.insist = h("label", {class: "check warn", hidden: true}, h("input", {type: "checkbox", name: "insist"}),
            h("span", {text: "Sign in all the same. It can get the account locked."}));
        this.earlier = h("p", {class: "note", hidden: true,
            text: "A code was sent before. With the same Apple ID and password you can enter it, without another one."});
        const form = h("form", {class: "form"},
            h("p", {class: "note", text: "The account must have been signed in on an Apple device once. The password goes to Apple's service in a form that"
                + " does not reveal it."}),
            this.earlier,
            h("label", {class: "field"}, h("span", {text: "Apple ID"}), name),
            h("label", {class: "field"}, h("span", {text: "Password"}), password),
            h("label", {class: "check"}, remember,
                h("span", {text: "Remember it, encrypted, so that the session is renewed without you"})),
            h("details", {class: "more"}, h("summary", {text: "Name of the account here"}),
                h("label", {class: "field"}, h("span", {text: "Any name; logs show it instead of the Apple ID"}), alias)),
            this.insist,
            h("div", {class: "form-actions"}, h("button", {type: "submit", class: "button primary", text: "Sign in"})));
        form.addEventListener("submit", event => {
            event.preventDefault();
            const body = {
                apple_id: name.value, password: password.value, remember: remember.checked,
                insist: this.#again && this.insist.querySelector("input").checked
            };
            if (alias.value.trim()) body.account = alias.value.trim();
            this.#take(form, async () => {
                const step = await send("POST", "setup/sign-ins", body);
                if (step.step !== "held_back") password.value = "";
                return step;
            });
        });
        this.#stage("credentials", form);
    }

    // ---- the way and the number ----

    #ways(step) {
        const chosen = step.sent_by ?? step.ways[0].way;
        const form = h("form", {class: "form"},
            step.in_place_of_another ? h("p", {class: "note", text: "The sign-in that waited for its code has ended; this is a new one."}) : null,
            h("fieldset", {class: "ways"}, h("legend", {text: "How should the verification code come?"}),
                ...step.ways.map(way => h("label", {class: "choice"},
                    h("input", {type: "radio", name: "way", value: way.way, checked: way.way === chosen}),
                    h("span", {}, wayTitle(way), way.way === step.sent_by ? h("small", {text: "on its way already"}) : null)))),
            h("div", {class: "form-actions"},
                button("Cancel", () => this.#cancel(), "button quiet"),
                h("button", {type: "submit", class: "button primary", text: "Get the code"})));
        form.addEventListener("submit", event => {
            event.preventDefault();
            const way = new FormData(form).get("way");
            this.#take(form, () => send("POST", this.#path("send-code"), {way}));
        });
        this.#stage("ways", form);
        announce("Choose how the verification code comes.");
        form.querySelector("input:checked")?.focus();
    }

    // ---- the code ----

    #code(step) {
        const by = step.ways.find(way => way.way === step.sent_by);
        const code = h("input", {type: "text", name: "code", class: "code", inputmode: "numeric", autocomplete: "one-time-code", required: true,
            maxlength: "11", placeholder: "000000", "aria-describedby": "code-from"});
        const form = h("form", {class: "form"},
            h("p", {class: "note", id: "code-from", text: (step.earlier ? "A code was sent earlier: " : "A code is on its way: ") + by.description + "."}),
            h("label", {class: "field"}, h("span", {text: "Verification code"}), code),
            h("div", {class: "form-actions"},
                button("Cancel", () => this.#cancel(), "button quiet"),
                button("Another code", () => this.#ways({...step, sent_by: undefined}), "button"),
                h("button", {type: "submit", class: "button primary", text: "Finish"})));
        form.addEventListener("submit", event => {
            event.preventDefault();
            if (!/^\p{Nd}{6}$/u.test(code.value.replace(/[\s-]/g, ""))) {
                this.#say("A verification code has 6 digits. It was not sent; enter it again.");
                return;
            }
            this.#take(form, async () => {
                const next = await send("POST", this.#path("code"), {code: code.value});
                code.value = "";
                return next;
            });
        });
        this.#stage("code", form);
        announce(form.querySelector(".note").textContent);
        code.focus();
    }

    #path(step) {
        return "setup/sign-ins/" + encodeURIComponent(this.#id) + "/" + step;
    }

    #cancel() {
        const id = this.#id;
        this.#say("");
        this.#credentials();
        send("DELETE", "setup/sign-ins/" + encodeURIComponent(id)).catch(() => {});
    }

    #stage(name, form) {
        this.stage.dataset.stage = name;
        this.stage.replaceChildren(form);
    }
}

const wayTitle = way => way.kind === "sms" ? "Text message to " + way.number : "Code on your Apple devices";
