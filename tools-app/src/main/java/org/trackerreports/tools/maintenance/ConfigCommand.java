package org.trackerreports.tools.maintenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.ConfigurationTable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The configuration. */
@Command(
        name = "config",
        description = "Looks at the configuration.",
        footer = {"", "Example: findmy tools config check"},
        mixinStandardHelpOptions = true,
        subcommands = ConfigCommand.CheckCommand.class)
public final class ConfigCommand {

    /** What is in force. */
    @Command(
            name = "check",
            description = "Prints what is in force, or everything that is wrong (exit code 3). Starts nothing.",
            footer = {"", "Example: findmy tools config check --config findmy.properties"})
    static final class CheckCommand extends ToolCommand implements Callable<Integer> {

        @Mixin
        private JsonOption reading;

        private final Provider<Configuration> configurationProvider;

        @Inject
        CheckCommand(CommandContext context, Provider<Configuration> configurationProvider) {
            super(context);
            this.configurationProvider = configurationProvider;
        }

        @Override
        public Integer call() {
            Configuration configuration = configurationProvider.get();
            if (!reading.json()) {
                out().println(ConfigurationTable.effective(configuration));
                return ExitCode.DONE;
            }
            ArrayNode array = Json.array();
            configuration
                    .effective()
                    .forEach(row -> array.addObject()
                            .put("option", row.option().name())
                            .put("value", row.text().orElse(null))
                            .put("origin", row.origin().name().toLowerCase(Locale.ROOT)));
            Json.print(array, out());
            return ExitCode.DONE;
        }
    }
}
