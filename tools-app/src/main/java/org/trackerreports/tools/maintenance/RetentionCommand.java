package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.store.retention.Retention;
import org.trackerreports.store.retention.RetentionEffect;
import org.trackerreports.store.retention.RetentionPolicy;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that remove old reports. */
@Command(name = "retention")
final class RetentionCommand extends InstallationCommand {

    /** More than anybody lives to see. */
    private static final long MAX_DAYS = 36_500;

    @Inject
    RetentionCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    /** How long each is kept. */
    static final class PolicyOptions {

        @Option(names = "--keep-reports", paramLabel = "DAYS", required = true)
        private long reports;

        @Option(names = "--keep-hours", paramLabel = "DAYS")
        private Long hours;

        private RetentionPolicy policy() throws CommandFailure {
            requireDays("--keep-reports", reports);
            if (hours != null) {
                requireDays("--keep-hours", hours);
            }
            try {
                return new RetentionPolicy(
                        Optional.of(Duration.ofDays(reports)),
                        Optional.ofNullable(hours).map(Duration::ofDays),
                        Optional.empty());
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(ExitCode.USAGE, "--keep-reports, --keep-hours: " + e.getMessage() + ".");
            }
        }
    }

    private static void requireDays(String option, long days) throws CommandFailure {
        if (days < 1 || days > MAX_DAYS) {
            throw new CommandFailure(
                    ExitCode.USAGE, option + " is " + days + "; expected 1 to " + MAX_DAYS + " days, for example 400.");
        }
    }

    @Command(name = "preview")
    int preview(@Mixin PolicyOptions options, @Mixin JsonOption reading) throws CommandFailure {
        RetentionPolicy policy = options.policy();
        RetentionEffect effect = installation().store().retention().preview(policy);
        if (reading.json()) {
            Json.print(Json.object().put("reports", effect.reports()).put("hours", effect.hours()), out());
        } else {
            out().println("Would be removed: " + text(effect));
        }
        return ExitCode.DONE;
    }

    @Command(name = "apply")
    int apply(@Mixin PolicyOptions options, @Option(names = "--yes") boolean yes) throws CommandFailure {
        RetentionPolicy policy = options.policy();
        Retention retention = installation().store().retention();
        if (!yes) {
            out().println("Would be removed: " + text(retention.preview(policy)) + " Nothing was removed; add --yes.");
            return ExitCode.USAGE;
        }
        out().println("Removed: " + text(retention.removeOnce(policy)));
        return ExitCode.DONE;
    }

    private static String text(RetentionEffect effect) {
        return effect.reports() + " reports and " + effect.hours() + " hours.";
    }
}
