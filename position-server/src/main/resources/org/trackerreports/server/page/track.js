/** A tracker's reports of a day: what the map draws and the list tells. Nothing here makes up a position. */

/** A line is dashed over a silence of this length: where the tracker was, nobody knows. */
export const GAP = 3 * 3600;

/** Longitudes that go on across the date line, instead of once around the earth. */
function unwrapped(points) {
    let turn = 0;
    return points.map((point, index) => {
        const step = index ? point.lon - points[index - 1].lon : 0;
        if (step > 180) turn -= 360;
        if (step < -180) turn += 360;
        return {...point, lon: point.lon + turn};
    });
}

/** What is drawn of a tracker: its line, and apart from it the reports that are wrong. */
export function asTrack({points, trips, ...rest}) {
    const all = unwrapped(points);
    const line = all.filter(point => !point.wrong);
    return {
        ...rest, line, wrong: all.filter(point => point.wrong),
        trips: trips.map(trip => ({...trip, metres: Math.max(trip.metres, way(line.filter(({time}) => time >= trip.from && time <= trip.to)))}))
    };
}

/** The number of points until a time, in a list that is sorted by time. */
export function until(points, time) {
    let low = 0, high = points.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (points[middle].time <= time) low = middle + 1;
        else high = middle;
    }
    return low;
}

/** The last report until a time that is not wrong, or null: where the tracker is shown then. */
export function at(track, time) {
    const count = until(track.line, time);
    return count ? track.line[count - 1] : null;
}

const RADIANS = Math.PI / 180;

export function distance(one, other) {
    const lat = Math.sin((other.lat - one.lat) * RADIANS / 2) ** 2;
    const lon = Math.sin((other.lon - one.lon) * RADIANS / 2) ** 2;
    return 12_742_000 * Math.asin(Math.sqrt(lat + Math.cos(one.lat * RADIANS) * Math.cos(other.lat * RADIANS) * lon));
}

/** What happened, in order: stays, ways between them, silences, places entered and left. */
export function happenings(track) {
    const found = [
        ...track.stays.map(stay => ({kind: "stay", ...stay})),
        ...track.trips.map(trip => ({kind: "trip", ...trip})),
        ...silences(track),
        ...track.transitions.map(each => ({kind: each.entered ? "entered" : "left", from: each.time, to: each.time, place: each.place, late: each.late}))
    ];
    return found.sort((one, other) => one.from - other.from || one.to - other.to);
}

/** Times without a report that no stay covers. */
function silences(track) {
    const found = [];
    for (let index = 1; index < track.line.length; index++) {
        const from = track.line[index - 1].time, to = track.line[index].time;
        if (to - from > GAP && !track.stays.some(stay => stay.from <= from && stay.to >= to)) found.push({kind: "gap", from, to});
    }
    return found;
}

/** Steps that are shorter than so many times what they may be wrong by are joined, or nothing would be left of them. */
const LONG = 5;

/**
 * The least length of a way: between reports that are far enough from each other, each step shortened by one and a half times both
 * accuracies, as the server does it with all reports.
 */
function way(line) {
    let sum = 0, last = line[0];
    line.forEach((point, index) => {
        const step = distance(last, point), doubt = 1.5 * ((last.accuracy ?? 0) + (point.accuracy ?? 0));
        if (step <= doubt || (step < LONG * doubt && index < line.length - 1)) return;
        sum += step - doubt;
        last = point;
    });
    return sum;
}

/** What a day is summed up with. */
export function summary(track) {
    return {
        reports: track.line.length,
        stays: track.stays.length,
        metres: track.trips.length + track.stays.length ? track.trips.reduce((sum, trip) => sum + trip.metres, 0) : way(track.line),
        first: track.line[0]?.time ?? null,
        last: track.line[track.line.length - 1]?.time ?? null
    };
}
