package org.trackerreports.tools.maintenance;

import java.time.Duration;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.wiring.Application;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.retention.Retention;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.ReadingOptions;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long reports are kept. */
@Command(
        name = "retention",
        description = "Removes old reports and hours, once. Days of the history always stay.",
        footer = {"", "Example: findmy tools db retention preview --keep-reports 365"},
        mixinStandardHelpOptions = true,
        subcommands = {RetentionCommand.PreviewCommand.class, RetentionCommand.ApplyCommand.class})
final class RetentionCommand {

    /** How long each is kept. */
    static final class PolicyOptions {

        @Option(
                names = "--keep-reports",
                paramLabel = "DAYS",
                required = true,
                description = "For how many days reports with their payloads are kept, 30 or more.")
        private long reports;

        @Option(
                names = "--keep-hours",
                paramLabel = "DAYS",
                description = "For how many days hours of the history are kept. Default: for ever.")
        private Long hours;

        private RetentionPolicy policy() throws CommandFailure {
            try {
                return new RetentionPolicy(
                        Optional.of(Duration.ofDays(reports)),
                        Optional.ofNullable(hours).map(Duration::ofDays),
                        Optional.empty());
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, "This cannot be done: " + e.getMessage() + ".");
            }
        }
    }

    /** What would go. */
    @Command(
            name = "preview",
            description = "Counts what would be removed, and changes nothing.",
            footer = {"", "Example: findmy tools db retention preview --keep-reports 365"})
    static final class PreviewCommand extends ToolCommand {

        @Mixin
        private PolicyOptions options;

        @Mixin
        private ReadingOptions reading;

        @Override
        protected int run(Application application) throws CommandFailure {
            RetentionEffect effect =
                    application.get(ReportStore.class).retention().preview(options.policy());
            if (reading.json()) {
                Json.print(Json.object().put("reports", effect.reports()).put("hours", effect.hours()), out());
            } else {
                out().println("Would be removed: " + text(effect));
            }
            return ExitCode.DONE;
        }
    }

    /** Lets it go. */
    @Command(
            name = "apply",
            description =
                    "Removes what is older. What is gone cannot be had again; without --yes it only says what would go.",
            footer = {"", "Example: findmy tools db retention apply --keep-reports 365 --yes"})
    static final class ApplyCommand extends ToolCommand {

        @Mixin
        private PolicyOptions options;

        @Option(names = "--yes", description = "Does it.")
        private boolean yes;

        @Override
        protected int run(Application application) throws CommandFailure {
            Retention retention = application.get(ReportStore.class).retention();
            RetentionPolicy policy = options.policy();
            if (!yes) {
                out().println("Would be removed: " + text(retention.preview(policy)) + " Nothing was done; add --yes.");
                return ExitCode.USAGE;
            }
            out().println("Removed: " + text(retention.removeOnce(policy)));
            return ExitCode.DONE;
        }
    }

    private static String text(RetentionEffect effect) {
        return effect.reports() + " reports and " + effect.hours() + " hours.";
    }
}
