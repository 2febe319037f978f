package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The fields of JSON that the reference of the commands promises. */
final class DocumentedFields {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern REFERENCE = Pattern.compile("as `([^`]+)`");

    /** Their fields are names of the user or of the system, not of the interface. */
    private static final Set<String> OPEN = Set.of("labels", "counters", "table_bytes");

    private static final Map<String, String> ROWS = read();

    private DocumentedFields() {}

    /** Fails if a command printed a field that the reference does not name. */
    static void check(Iterable<String> arguments, JsonNode printed) {
        String line = String.join(" ", arguments) + " ";
        Set<String> documented = new TreeSet<>();
        ROWS.forEach((command, fields) -> {
            if (line.startsWith(command + " ")) {
                documented.addAll(found(CODE, fields));
                found(REFERENCE, fields).forEach(other -> documented.addAll(found(CODE, ROWS.get(other))));
            }
        });
        assertThat(documented).as("documented fields of: " + line).isNotEmpty();
        Set<String> names = new TreeSet<>();
        collect(printed, names);
        assertThat(documented).as("documented fields of: " + line).containsAll(names);
    }

    private static void collect(JsonNode node, Set<String> names) {
        node.properties().forEach(field -> {
            names.add(field.getKey());
            if (!OPEN.contains(field.getKey())) {
                collect(field.getValue(), names);
            }
        });
        if (node.isArray()) {
            node.forEach(each -> collect(each, names));
        }
    }

    /** The second column of the table by the commands of the first, without their options. */
    private static Map<String, String> read() {
        try {
            String text = Files.readString(Path.of("..", "tools-app", "README.md"));
            Map<String, String> rows = new HashMap<>();
            text.substring(text.indexOf("Fields with `--json`"))
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|"))
                    .forEach(cells -> found(CODE, cells[1])
                            .forEach(command -> rows.merge(command.split(" --")[0], cells[2], String::concat)));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(each -> found.add(each.group(1)));
        return found;
    }
}
