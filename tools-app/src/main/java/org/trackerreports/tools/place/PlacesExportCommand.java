package org.trackerreports.tools.place;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.place.Area;
import org.trackerreports.store.place.NewPlace;
import org.trackerreports.store.place.Place;
import org.trackerreports.store.report.Position;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.OutputFile;
import org.trackerreports.tools.command.PlaceNames;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes all places as GeoJSON that {@code places import} takes back. */
@Command(name = "export")
final class PlacesExportCommand extends InstallationCommand implements Callable<Integer> {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    private @Nullable Path file;

    @Inject
    PlacesExportCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws IOException {
        List<Place> places = installation().store().places().list();
        ObjectNode collection = Json.object().put("type", "FeatureCollection");
        ArrayNode features = collection.putArray("features");
        places.forEach(place -> put(features.addObject(), place.content()));
        if (file == null) {
            Json.print(collection, out());
        } else {
            try (OutputFile output = OutputFile.at(file)) {
                PrintWriter writer = new PrintWriter(output.writer());
                Json.print(collection, writer);
                if (writer.checkError()) {
                    throw new IOException(file + " cannot be written completely");
                }
                output.complete();
            }
            note(places.size() + (places.size() == 1 ? " place" : " places") + " in " + file + ".");
        }
        if (places.isEmpty()) {
            note(PlaceNames.ADD);
        }
        return places.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
    }

    private static void put(ObjectNode feature, NewPlace place) {
        feature.put("type", "Feature");
        ObjectNode geometry = feature.putObject("geometry");
        ObjectNode properties = feature.putObject("properties").put("name", place.name());
        if (place.area() instanceof Area.Circle circle) {
            geometry.put("type", "Point");
            put(geometry.putArray("coordinates"), circle.centre());
            properties.put("radius", circle.radius());
        } else {
            geometry.put("type", "Polygon");
            ArrayNode outline = geometry.putArray("coordinates").addArray();
            List<Position> corners = ((Area.Polygon) place.area()).corners();
            corners.forEach(corner -> put(outline.addArray(), corner));
            // An outline ends where it began.
            put(outline.addArray(), corners.get(0));
        }
        ObjectNode labels = properties.putObject("labels");
        new TreeMap<>(place.labels()).forEach(labels::put);
        properties
                .put("confirm", place.confirm())
                .put("dwell", place.dwell().toSeconds())
                .put("max_lag", place.maxLag().toSeconds())
                .put("alert", place.alert());
    }

    private static void put(ArrayNode coordinates, Position position) {
        coordinates.add(position.longitude()).add(position.latitude());
    }
}
