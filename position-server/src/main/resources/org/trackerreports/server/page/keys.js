/** Keys for the whole page: ← → day, space play, / search, Esc back. They do nothing while something is typed. */

const TYPING = "input:not([type=range]):not([type=checkbox]), textarea, select";

/** @param actions `search`, `step`, `play`, `back`; `step` and `play` answer whether there was something to do */
export function listenToKeys({search, step, play, back}) {
    document.addEventListener("keydown", event => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
        if (event.key === "Escape") {
            if (event.target.matches?.(TYPING)) event.target.blur();
            else back();
            return;
        }
        if (event.target.matches?.(TYPING)) return;
        const isOnMap = event.target.closest?.("#map");
        const isOnButton = event.target.matches?.("button, a, summary, [type=checkbox]");
        let used = false;
        if (event.key === "/") used = search();
        else if (event.key === "ArrowLeft" && !isOnMap) used = step(-1);
        else if (event.key === "ArrowRight" && !isOnMap) used = step(1);
        else if (event.key === " " && !isOnButton) used = play();
        if (used) event.preventDefault();
    });
}
