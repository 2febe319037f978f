package org.trackerreports.tools.queue;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.core.text.Durations;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Computes how many requests and accounts a set of trackers takes. */
@Command(name = "plan")
public final class PlanCommand extends InstallationCommand implements Callable<Integer> {

    /** So many are still computed exactly. */
    private static final long MOST = 1_000_000_000;

    @Option(names = "--trackers", paramLabel = "N")
    private Long tags;

    @Option(names = "--keys-per-tag", paramLabel = "N")
    private Integer keysPerTag;

    @Option(names = "--accessories", paramLabel = "N")
    private Long accessories;

    @Option(names = "--accounts", paramLabel = "N")
    private Integer accounts;

    @Option(names = "--within", paramLabel = "TIME")
    private String within;

    @Mixin
    private JsonOption reading;

    @Inject
    PlanCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws CommandFailure {
        Configuration configuration = installation().configuration();
        Duration time = time(configuration);
        require("--trackers", tags, 0, 100);
        require("--accessories", accessories, 0, 10);
        require("--keys-per-tag", keysPerTag, 1, 12);
        require("--accounts", accounts, 1, 2);
        if (tags == null && accessories == null) {
            List<Tracker> enabled = installation().store().trackers().list().stream()
                    .filter(Tracker::enabled)
                    .toList();
            accessories = enabled.stream()
                    .filter(tracker -> tracker.kind().equals(TrackerKeyMaterial.ACCESSORY))
                    .count();
            tags = enabled.size() - accessories;
            if (keysPerTag == null) {
                keysPerTag = keysPerTag(enabled);
            }
            if (enabled.isEmpty()) {
                note("No tracker is enabled; for numbers of your own give --trackers N. To import trackers:"
                        + " findmy tools trackers import FILE");
            }
            note("Counted in the database: " + tags + " enabled static tags with about " + keysPerTag
                    + (keysPerTag == 1 ? " key" : " keys") + " each, and " + accessories + " accessories.");
        }
        if (accounts == null) {
            accounts = tags == null || accessories == null
                    ? 1
                    : Math.max(1, installation().store().accounts().list().size());
        }
        RequestPlan plan = new RequestPlan(
                orNone(tags),
                keysPerTag == null ? 1 : keysPerTag,
                orNone(accessories),
                accounts,
                time,
                limits(configuration));
        print(plan);
        return ExitCode.DONE;
    }

    private static void require(String option, @Nullable Number given, long least, long example) throws CommandFailure {
        if (given != null && (given.longValue() < least || given.longValue() > MOST)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    option + " is " + given + "; expected " + least + " to " + MOST + ", for example " + example + ".");
        }
    }

    /** The mean number of keys, rounded up. A tracker whose keys cannot be read counts as one with one key. */
    private static int keysPerTag(List<Tracker> trackers) {
        double mean = trackers.stream()
                .filter(tracker -> !tracker.kind().equals(TrackerKeyMaterial.ACCESSORY))
                .mapToInt(PlanCommand::keysOf)
                .average()
                .orElse(1);
        return (int) Math.ceil(mean);
    }

    private static int keysOf(Tracker tracker) {
        try {
            return TrackerKeyMaterial.fromStore(tracker) instanceof StaticKeys keys
                    ? keys.keys().size()
                    : 1;
        } catch (IllegalArgumentException e) {
            return 1;
        }
    }

    private static long orNone(Long number) {
        return number == null ? 0 : number;
    }

    private static RequestPlan.Limits limits(Configuration configuration) {
        return new RequestPlan.Limits(
                configuration.get(Options.FETCH_INTERVAL),
                configuration.get(Options.MAX_REQUESTS_PER_DAY) - configuration.get(Options.RESERVED_REQUESTS_PER_DAY),
                configuration.get(Options.MAX_KEYS_PER_BATCH),
                configuration.get(Options.MAX_IDS_PER_REQUEST));
    }

    private Duration time(Configuration configuration) throws CommandFailure {
        try {
            Duration time = within == null
                    ? configuration.get(Options.REQUEST_INTERVAL_HOURS)
                    : Options.REQUEST_INTERVAL_HOURS.type().parser().apply(within);
            if (!time.isZero() && !time.isNegative()) {
                return time;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--within is '" + within + "'; expected " + e.getMessage() + ", for example 12h.");
        }
        throw new CommandFailure(ExitCode.USAGE, "--within is not positive; expected for example 12h.");
    }

    private void print(RequestPlan plan) {
        if (reading.json()) {
            Json.print(
                    Json.object()
                            .put("trackers", plan.trackers())
                            .put("keys_per_tag", plan.keysPerTag())
                            .put("accessories", plan.accessories())
                            .put("accounts", plan.accounts())
                            .put("within_seconds", plan.within().toSeconds())
                            .put("requests_per_round", plan.requests())
                            .put("requests_per_day", plan.requestsPerDay())
                            .put("requests_per_account_and_day", plan.limits().requestsPerDay())
                            .put("round_seconds", plan.round().toSeconds())
                            .put("accounts_needed", plan.accountsNeeded()),
                    out());
            return;
        }
        out().printf(
                        Locale.ROOT,
                        "%d static tags with %d %s each and %d accessories, each within %s:%n",
                        plan.trackers(),
                        plan.keysPerTag(),
                        plan.keysPerTag() == 1 ? "key" : "keys",
                        plan.accessories(),
                        Durations.text(plan.within()));
        out().printf(
                        Locale.ROOT,
                        "  %d requests for all of them once (up to %d tags, or %d keys, in each; about %d keys for an"
                                + " accessory)%n",
                        plan.requests(),
                        plan.tagsPerRequest(),
                        plan.limits().ids(),
                        RequestPlan.IDS_PER_ACCESSORY);
        out().printf(
                        Locale.ROOT,
                        "  %.0f requests a day; one account makes %.0f%n",
                        Math.ceil(plan.requestsPerDay()),
                        plan.limits().requestsPerDay());
        out().printf(
                        Locale.ROOT,
                        "  with %d %s, all of them once take %s%n",
                        plan.accounts(),
                        plan.accounts() == 1 ? "account" : "accounts",
                        Durations.text(plan.round()));
        out().println("Accounts needed: " + plan.accountsNeeded() + ".");
    }
}
