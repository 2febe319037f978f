/** Times, lengths and ages as people read them, in the zone and the order of the browser. */

const MINUTE = 60, HOUR = 3600, DAY = 86400;

const clock = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit"});
const clockWithSeconds = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit", second: "2-digit"});
const dateAndTime = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "short"});
const shortDay = new Intl.DateTimeFormat(undefined, {weekday: "short", day: "numeric", month: "short"});
const longDay = new Intl.DateTimeFormat(undefined, {weekday: "long", day: "numeric", month: "long", year: "numeric"});
const month = new Intl.DateTimeFormat(undefined, {month: "long", year: "numeric"});
const weekday = new Intl.DateTimeFormat(undefined, {weekday: "narrow"});
const weekdayName = new Intl.DateTimeFormat(undefined, {weekday: "long"});

const date = seconds => new Date(seconds * 1000);

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const now = () => Date.now() / 1000;
export const timeOfDay = seconds => clock.format(date(seconds));
export const exactTime = seconds => clockWithSeconds.format(date(seconds));
export const moment = seconds => dateAndTime.format(date(seconds));
export const monthName = (year, number) => month.format(new Date(year, number, 1));
export const number = value => value.toLocaleString();

/** How long something lasts. */
export function length(seconds) {
    const minutes = Math.round(seconds / MINUTE);
    if (minutes < 60) return minutes + " min";
    const hours = Math.floor(minutes / 60);
    if (hours < 48) return hours + " h" + (minutes % 60 ? " " + minutes % 60 + " min" : "");
    return Math.round(hours / 24) + " days";
}

/** How old something is: "3 h ago". */
export function ago(seconds, at = now()) {
    const age = Math.max(0, at - seconds);
    if (age < MINUTE) return "just now";
    if (age < HOUR) return Math.floor(age / MINUTE) + " min ago";
    if (age < 2 * DAY) return Math.floor(age / HOUR) + " h ago";
    if (age < 60 * DAY) return Math.floor(age / DAY) + " days ago";
    return "on " + shortDay.format(date(seconds));
}

export function metres(value) {
    if (value < 1000) return Math.round(value) + " m";
    return (value / 1000).toFixed(value < 100_000 ? 1 : 0) + " km";
}

export const coordinates = (lat, lon) => lat.toFixed(5) + ", " + lon.toFixed(5);

/** "1 report", "2 reports". */
export const count = (amount, one, many = one + "s") => number(amount) + " " + (amount === 1 ? one : many);

// ---- days, as text such as 2026-11-28, in the zone of the browser ----

const pad = value => String(value).padStart(2, "0");
const parts = day => day.split("-").map(Number);

export const isDay = text => /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(dayStart(text)) === text;

export function dayOf(seconds) {
    const at = date(seconds);
    return at.getFullYear() + "-" + pad(at.getMonth() + 1) + "-" + pad(at.getDate());
}

export const today = () => dayOf(now());

/** The first second of a day; of the next one with `more` = 1. A day of a change of the clocks has 23 or 25 hours. */
export function dayStart(day, more = 0) {
    const [year, monthNumber, dayNumber] = parts(day);
    return new Date(year, monthNumber - 1, dayNumber + more).getTime() / 1000;
}

export const addDays = (day, more) => dayOf(dayStart(day, more));

export function dayTitle(day) {
    if (day === today()) return "Today";
    if (day === addDays(today(), -1)) return "Yesterday";
    return shortDay.format(date(dayStart(day)));
}

export const dayInWords = day => longDay.format(date(dayStart(day)));

/** Monday to Sunday, narrow for the eye and in full for the ear. */
export function weekdays() {
    return [1, 2, 3, 4, 5, 6, 7].map(dayNumber => {
        const at = new Date(2024, 0, dayNumber);
        return {narrow: weekday.format(at), name: weekdayName.format(at)};
    });
}

/** A time for the query of the API. */
export const iso = seconds => new Date(Math.round(seconds) * 1000).toISOString().replace(".000", "");

export const fromIso = text => text ? Date.parse(text) / 1000 : null;
