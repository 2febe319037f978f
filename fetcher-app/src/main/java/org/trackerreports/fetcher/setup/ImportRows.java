package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.keyfile.KeyKind;
import org.trackerreports.core.keyfile.TrackerImporter;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.tracker.Alignment;

/** The trackers of an import in the order of the files, with the outcome of each. Used by one thread. */
final class ImportRows implements TrackerImporter.Listener {

    private final List<Row> rows = new ArrayList<>();
    private final Map<String, Deque<Row>> untold = new HashMap<>();

    private static final class Row {
        private final String file;
        private final String name;
        private final String kind;
        private final int keys;
        private String outcome = "";
        private @Nullable String reason;
        private boolean nameTaken;
        private Optional<Alignment> alignment = Optional.empty();

        Row(String file, NamedKeys tracker) {
            this.file = file;
            this.name = tracker.name();
            this.kind = KeyKind.of(tracker.keys());
            this.keys =
                    tracker.keys() instanceof StaticKeys fixed ? fixed.keys().size() : 0;
        }

        ObjectNode json(int number) {
            return Json.object()
                    .put("number", number)
                    .put("file", file)
                    .put("name", name)
                    .put("kind", kind)
                    .put("keys", keys)
                    .put("outcome", outcome)
                    .put("reason", reason)
                    .put("name_taken", nameTaken)
                    .put("alignment_time", Json.time(alignment.map(Alignment::time)));
        }
    }

    int size() {
        return rows.size();
    }

    void add(String file, NamedKeys tracker) {
        Row row = new Row(file, tracker);
        rows.add(row);
        untold.computeIfAbsent(row.name, name -> new ArrayDeque<>()).add(row);
    }

    ArrayNode json(ArrayNode array, int most) {
        for (int number = 1; number <= Math.min(rows.size(), most); number++) {
            array.add(rows.get(number - 1).json(number));
        }
        return array;
    }

    @Override
    public void added(String name) {
        told(name).outcome = "new";
    }

    @Override
    public void known(String name, Optional<Alignment> newAlignment) {
        Row row = told(name);
        row.outcome = "already_there";
        row.alignment = newAlignment;
    }

    @Override
    public void refused(String name, String reason, boolean nameTaken) {
        Row row = told(name);
        row.outcome = "refused";
        row.reason = reason;
        row.nameTaken = nameTaken;
    }

    /** The first tracker of a name of which nothing is told yet. */
    private Row told(String name) {
        return untold.getOrDefault(name, new ArrayDeque<>()).removeFirst();
    }
}
