package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trackerreports.core.keyfile.KeySource;
import org.trackerreports.core.keyfile.KeySourceReader;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.keyfile.TrackerImporter;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.store.tracker.Trackers;

/**
 * One import, or its preview, with what is told about it.
 *
 * @param sources the files
 * @param codes of locked zips
 * @param names other names for trackers, by their numbers in the order of the files, from 1
 */
record KeyImport(Trackers trackers, List<KeySource> sources, Collection<String> codes, Map<Integer, String> names) {

    /** More are counted, but not listed. */
    private static final int MOST_LISTED = 1_000;

    private static final class SourceFile {
        private String format = "unknown";
        private final List<KeyFileProblem> problems = new ArrayList<>();
        private int trackers;
    }

    ObjectNode run(boolean preview) {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        sources.forEach(source -> files.put(source.name(), new SourceFile()));
        ImportRows rows = new ImportRows();
        TrackerImporter importer = new TrackerImporter(trackers, preview, rows, done -> {});
        KeySourceReader.read(sources, codes, new KeySourceReader.Listener() {
            @Override
            public void file(String name, String format) {
                fileOf(files, name).format = format;
            }

            @Override
            public void tracker(String file, LabelledKeys tracker) {
                fileOf(files, file).trackers++;
                LabelledKeys named = tracker.renamed(
                        names.getOrDefault(rows.size() + 1, tracker.named().name()));
                rows.add(file, named.named());
                importer.take(named);
            }

            @Override
            public void problem(String file, KeyFileProblem problem) {
                fileOf(files, file).problems.add(problem);
            }
        });
        importer.end();
        ObjectNode json = Json.object()
                .put("preview", preview)
                .put("imported", importer.added())
                .put("already_there", importer.known())
                .put("refused", importer.refused())
                .put(
                        "problems",
                        files.values().stream()
                                .mapToInt(file -> file.problems.size())
                                .sum())
                .put("not_listed", Math.max(0, rows.size() - MOST_LISTED));
        ArrayNode array = json.putArray("files");
        sources.forEach(source -> array.add(json(source, fileOf(files, source.name()))));
        rows.json(json.putArray("trackers"), MOST_LISTED);
        return json;
    }

    private static SourceFile fileOf(Map<String, SourceFile> files, String name) {
        return files.computeIfAbsent(name, key -> new SourceFile());
    }

    private ObjectNode json(KeySource source, SourceFile file) {
        boolean locked = source.isLocked();
        ObjectNode json = Json.object()
                .put("file", source.name())
                .put("format", file.format)
                .put("locked", locked)
                .put("opened", locked && codes.stream().anyMatch(source::isOpenedBy))
                .put("trackers", file.trackers);
        ArrayNode problems = json.putArray("problems");
        file.problems.stream()
                .limit(MOST_LISTED)
                .forEach(problem ->
                        problems.addObject().put("where", problem.where()).put("message", problem.message()));
        return json;
    }
}
