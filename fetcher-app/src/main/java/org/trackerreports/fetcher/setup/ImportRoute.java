package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trackerreports.core.keyfile.KeySource;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.UploadedPart;
import org.trackerreports.store.ReportStore;

/**
 * Imports key files. The browser sends them twice, for the preview and for the import, so that no key waits in this process's memory. Parts
 * of the form: {@code file} with its name, as often as there are files; {@code code} of locked zips; {@code names}, a JSON object from the
 * number of a tracker in the preview to another name; {@code preview} with any value. Thread-safe.
 */
final class ImportRoute {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ReportStore store;
    private final FirstTurns turns;

    @Inject
    ImportRoute(ReportStore store, FirstTurns turns) {
        this.store = store;
        this.turns = turns;
    }

    Answer answer(Request request) {
        List<UploadedPart> parts = request.parts();
        List<UploadedPart> files =
                parts.stream().filter(part -> part.name().equals("file")).toList();
        if (files.isEmpty()) {
            throw ProblemException.badRequest("There is no file; expected parts named file.");
        }
        try {
            KeyImport keyImport =
                    new KeyImport(store.trackers(), sources(files), texts(parts, "code"), names(texts(parts, "names")));
            if (parts.stream().anyMatch(part -> part.name().equals("preview"))) {
                return Answer.json(keyImport.run(true));
            }
            Instant begun = turns.begin();
            ObjectNode done = keyImport.run(false);
            turns.end(begun);
            return Answer.json(done);
        } finally {
            parts.forEach(part -> Arrays.fill(part.content(), (byte) 0));
        }
    }

    /** Files from several folders may have one name. */
    private static List<KeySource> sources(List<UploadedPart> files) {
        List<KeySource> sources = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (UploadedPart file : files) {
            String given = Printable.brief(file.fileName().orElse("file"));
            String name = given;
            for (int number = 2; !taken.add(name); number++) {
                name = numbered(given, number);
            }
            sources.add(KeySource.of(name, file.content()));
        }
        return sources;
    }

    /** The ending stays, because it tells CSV. */
    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                ? name.substring(0, dot) + " (" + number + ")" + name.substring(dot)
                : name + " (" + number + ")";
    }

    private static List<String> texts(List<UploadedPart> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(part -> new String(part.content(), StandardCharsets.UTF_8))
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static Map<Integer, String> names(List<String> texts) {
        Map<Integer, String> names = new HashMap<>();
        for (String text : texts) {
            try {
                for (Map.Entry<String, JsonNode> each : JSON.readTree(text).properties()) {
                    names.put(
                            Integer.valueOf(each.getKey()),
                            requireName(each.getValue().asText()));
                }
            } catch (JsonProcessingException | NumberFormatException e) {
                throw ProblemException.badRequest(
                        "names is not valid; expected a JSON object from numbers of the preview to names.");
            }
        }
        return names;
    }

    private static String requireName(String name) {
        if (!NamedKeys.isName(name)) {
            throw ProblemException.badRequest("The name \"" + Printable.brief(name)
                    + "\" is not valid; a name is not empty, and has no blanks at its ends and no control characters.");
        }
        return name;
    }
}
