package org.trackerreports.tools.command;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.trackerreports.tools.text.Json;
import org.trackerreports.tools.text.TextTable;
import picocli.CommandLine.Option;

/** The option {@code --json} of every command that shows something, as a mixin. */
public final class JsonOption {

    @Option(names = "--json", description = "Prints JSON instead of text. The names of its fields do not change.")
    private boolean json;

    private final CommandContext context;

    @Inject
    JsonOption(CommandContext context) {
        this.context = context;
    }

    /** Whether a script wants JSON. */
    public boolean json() {
        return json;
    }

    /** Prints the JSON or the table, whichever is wanted. A table without rows is not printed. */
    public void print(Supplier<? extends JsonNode> tree, Supplier<TextTable> table) {
        if (json) {
            Json.print(tree.get(), context.out());
        } else {
            table.get().print(context.out());
        }
    }
}
