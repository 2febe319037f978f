/** Drags a row of the list to another place in the user's own order, with mouse, pen or finger. */

/** So near to its upper or lower edge, the list scrolls. */
const EDGE = 44;

export class RowDrag {
    /** The row that is dragged, or null. */
    id = null;
    /** Where its upper edge is, in pixels from the first row. */
    top = 0;

    constructor(list, height) {
        this.list = list;
        this.height = height;
    }

    begin(event, id) {
        const {list, height} = this;
        const view = list.element;
        const began = list.rows.findIndex(tracker => tracker.id === id);
        const grab = event.clientY - view.getBoundingClientRect().top + view.scrollTop - began * height;
        let y = event.clientY, now = began, frame = 0;
        const place = () => {
            this.top = Math.max(0, Math.min((list.rows.length - 1) * height, y - view.getBoundingClientRect().top + view.scrollTop - grab));
            const wanted = Math.round(this.top / height);
            if (wanted !== now) {
                const rows = [...list.rows];
                rows.splice(wanted, 0, rows.splice(now, 1)[0]);
                list.rows = rows;
                now = list.current = wanted;
            }
            list.render();
        };
        const scroll = () => {
            const {top, bottom} = view.getBoundingClientRect();
            const by = y < top + EDGE ? y - top - EDGE : y > bottom - EDGE ? y - bottom + EDGE : 0;
            if (by) {
                view.scrollTop += by / 4;
                place();
            }
            frame = requestAnimationFrame(scroll);
        };
        const end = isKept => {
            cancelAnimationFrame(frame);
            listening.abort();
            this.id = null;
            list.space.classList.remove("dragging");
            list.move(id, isKept ? now - began : 0);
        };
        const listening = new AbortController();
        const on = (target, name, listener) => target.addEventListener(name, listener, {signal: listening.signal, capture: true});
        on(view, "pointermove", moved => {
            y = moved.clientY;
            place();
        });
        on(view, "pointerup", () => end(true));
        on(view, "pointercancel", () => end(false));
        on(document, "keydown", pressed => {
            if (pressed.key !== "Escape") return;
            pressed.stopPropagation();
            end(false);
        });
        view.setPointerCapture(event.pointerId);
        this.id = id;
        list.space.classList.add("dragging");
        list.current = began;
        place();
        frame = requestAnimationFrame(scroll);
    }
}
