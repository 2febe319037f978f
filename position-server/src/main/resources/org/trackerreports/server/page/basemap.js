import {NamePainter} from "./names.js";
import {addOutlines, CountryNames} from "./outlines.js";
import {addStreets} from "./streets.js";

/** The map under everything: the outlines of countries, which need no other server, and over them what the user has of streets. */

const HOME = new URL(".", import.meta.url);
/** An area that is smaller on the screen is hardly named by its own map. */
const SMALL = 300;

/**
 * Puts the base map under everything else.
 *
 * @param session what the server says that is configured
 * @param onTrouble is told once if tiles do not come
 */
export async function addBaseMap(map, stage, session, onTrouble) {
    let isNamed = () => false;
    const {layer, world} = await addOutlines(map);
    const asked = (x, y, view) => isNamed(x - Math.floor(x), y, view);
    stage.painters.unshift(new CountryNames(world, asked), new NamePainter(stage, asked));
    if (session.base_map) {
        try {
            const {west, east, north, south} = await addStreets(map, new URL(session.base_map, HOME));
            isNamed = (x, y, view) => (east - west) * view.scale > SMALL && x > west && x < east && y > north && y < south;
        } catch {
            onTrouble("The street map could not be read.");
        }
    } else if (session.tiles) {
        const tiles = L.tileLayer(session.tiles.url, {maxZoom: 19, attribution: session.tiles.attribution});
        tiles.once("tileerror", () => onTrouble("The tile server does not answer or refuses this page."));
        tiles.once("load", () => {
            layer.remove();
            isNamed = () => true;
            stage.redraw();
        });
        tiles.addTo(map);
    }
    stage.redraw();
}
