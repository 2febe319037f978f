/** Keys for the whole page: ← → day, space play, / search, Esc back. They do nothing while something is typed. */

const TEXT = "input:not([type=range], [type=checkbox], [type=radio]), textarea";
const CHOICE = "select, [type=radio]";

/** @param actions `search`, `step`, `play`, `back`; `step` and `play` answer whether there was something to do */
export function listenToKeys({search, step, play, back}) {
    document.addEventListener("keydown", event => {
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
        if (event.key === "Escape") {
            if (event.target.matches?.(TEXT)) event.target.blur();
            else back();
            return;
        }
        if (event.target.matches?.(TEXT)) return;
        const isOnChoice = event.target.matches?.(CHOICE);
        const isOnMap = event.target.closest?.("#map");
        const isOnButton = event.target.matches?.("button, a, summary, [type=checkbox]");
        let used = false;
        if (event.key === "/") used = search();
        else if (isOnChoice) return;
        else if (event.key === "ArrowLeft" && !isOnMap) used = step(-1);
        else if (event.key === "ArrowRight" && !isOnMap) used = step(1);
        else if (event.key === " " && !isOnButton) used = play();
        if (used) event.preventDefault();
    });
}
