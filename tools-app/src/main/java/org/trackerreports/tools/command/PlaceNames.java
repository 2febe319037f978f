package org.trackerreports.tools.command;

import java.util.List;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.place.Place;

/** Finds places by name. */
public final class PlaceNames {

    /** There is no place at all. */
    public static final String ADD =
            "There is no place yet. Add one: findmy tools places add NAME --lat=DEGREES --lon=DEGREES --radius=METRES";

    private PlaceNames() {}

    /**
     * The place of this name.
     *
     * @throws CommandFailure if there is none, with the nearest names
     */
    public static Place place(ReportStore store, String name) throws CommandFailure {
        return store.places().find(name).orElseThrow(() -> new CommandFailure(ExitCode.FAILED, unknown(store, name)));
    }

    private static String unknown(ReportStore store, String name) {
        List<String> names = store.places().list().stream().map(Place::name).toList();
        return names.isEmpty()
                ? "There is no place named '" + name + "'. " + ADD.substring(ADD.indexOf("Add one"))
                : "There is no place named '" + name + "'; nearest: " + String.join(", ", NearestNames.of(name, names));
    }
}
