import {get} from "./api.js";
import {groupRadius} from "./latest-painter.js";
import {trackers} from "./model.js";
import {mercatorX, mercatorY} from "./stage.js";

/** What the map shows of many trackers: groups that the server makes, or the trackers themselves where they are few. */

/** Above so many trackers, the map shows groups. */
export const MOST_ON_MAP = 2000;
/** Groups that are not further apart than this share of their radii become one. */
const CLOSE = 1.15;
const TILE = 256;

/** @returns `groups` and `trackers` in the part of the map that is shown */
export async function groupsIn(map, label) {
    const bounds = map.getBounds();
    const lon = value => Math.max(-180, Math.min(180, value));
    const bbox = [lon(bounds.getWest()), Math.max(-90, bounds.getSouth()), lon(bounds.getEast()), Math.min(90, bounds.getNorth())]
        .map(value => value.toFixed(5)).join();
    const zoom = map.getZoom();
    const {features} = await get("positions", {bbox, zoom: Math.floor(zoom), label, limit: MOST_ON_MAP});
    const groups = features.filter(({properties}) => properties.cluster).map(({properties, geometry}) =>
        ({...properties, lon: geometry.coordinates[0], lat: geometry.coordinates[1]}));
    return {
        groups: joined(groups, TILE * 2 ** zoom),
        trackers: features.filter(({properties}) => !properties.cluster)
            .map(feature => trackers.byId.get(feature.properties.id) ?? trackers.fromFeature(feature))
    };
}

/** The server groups by a grid, so what belongs together may lie in neighbouring cells. */
function joined(groups, scale) {
    const kept = [];
    for (const group of [...groups].sort((one, other) => other.count - one.count)) {
        const x = mercatorX(group.lon) * scale, y = mercatorY(group.lat) * scale, radius = groupRadius(group.count);
        const near = kept.find(each => Math.hypot(each.left - x, each.top - y) < CLOSE * (groupRadius(each.count) + radius));
        if (near) join(near, group, scale);
        else kept.push({...group, left: x, top: y});
    }
    return kept;
}

function join(group, other, scale) {
    const count = group.count + other.count;
    const [west, south, east, north] = group.bbox, [otherWest, otherSouth, otherEast, otherNorth] = other.bbox;
    group.bbox = [Math.min(west, otherWest), Math.min(south, otherSouth), Math.max(east, otherEast), Math.max(north, otherNorth)];
    group.lat = (group.lat * group.count + other.lat * other.count) / count;
    group.lon = (group.lon * group.count + other.lon * other.count) / count;
    group.newest = group.newest > other.newest ? group.newest : other.newest;
    group.count = count;
    group.left = mercatorX(group.lon) * scale;
    group.top = mercatorY(group.lat) * scale;
}
