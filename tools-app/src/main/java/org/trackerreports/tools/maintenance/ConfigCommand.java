package org.trackerreports.tools.maintenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.util.Locale;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationTable;
import org.trackerreports.core.config.RequestRate;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands of the configuration. */
@Command(name = "config")
public final class ConfigCommand extends InstallationCommand {

    @Inject
    ConfigCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Command(name = "check")
    int check(@Mixin JsonOption json) {
        Configuration configuration = installation().configuration();
        if (json.json()) {
            Json.print(json(configuration), out());
        } else {
            out().println(ConfigurationTable.effective(configuration));
        }
        RequestRate.warning(configuration).ifPresent(err()::println);
        return ExitCode.DONE;
    }

    private static ArrayNode json(Configuration configuration) {
        ArrayNode array = Json.array();
        configuration
                .effective()
                .forEach(row -> array.addObject()
                        .put("option", row.option().name())
                        .put("value", row.text().orElse(null))
                        .put("origin", row.origin().name().toLowerCase(Locale.ROOT)));
        return array;
    }
}
