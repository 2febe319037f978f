package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.report.ReportDecryptor;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.city.CityFinder;
import org.trackerreports.store.report.ReportSelection;
import org.trackerreports.store.report.RevisionResult;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Decrypts stored reports again. */
@Command(name = "redecrypt")
final class RedecryptCommand extends InstallationCommand implements Callable<Integer> {

    @Mixin
    private TrackerSelection selection;

    @Option(names = "--undecryptable")
    private boolean undecryptable;

    @Option(names = "--yes")
    private boolean yes;

    private final Provider<ReportDecryptor> decryptorProvider;
    private final Provider<CityFinder> citiesProvider;

    @Inject
    RedecryptCommand(
            CommandContext context,
            Installation installation,
            Provider<ReportDecryptor> decryptorProvider,
            Provider<CityFinder> citiesProvider) {
        super(context, installation);
        this.decryptorProvider = decryptorProvider;
        this.citiesProvider = citiesProvider;
    }

    @Override
    public Integer call() throws CommandFailure {
        Set<Long> ids = selection.trackers().stream().map(Tracker::id).collect(Collectors.toSet());
        ReportStore store = installation().store();
        ReportSelection all = ReportSelection.all(
                undecryptable ? ReportSelection.Which.UNDECRYPTABLE : ReportSelection.Which.WITH_PAYLOAD);
        ReportSelection reports = new ReportSelection(all.which(), ids, all.from(), all.to());
        long count = ids.isEmpty() ? 0 : store.reports().count(reports);
        if (count == 0) {
            note("No report is selected.");
            return ExitCode.NOTHING_FOUND;
        }
        if (!yes) {
            out().println(count + " reports would be decrypted again. Nothing was changed; add --yes.");
            return ExitCode.USAGE;
        }
        Decryption decryption = new Decryption(store, decryptorProvider.get(), citiesProvider.get());
        RevisionResult result;
        try (Progress progress = progress("reports", count)) {
            result = store.reports().revise(reports, decryption, done -> progress.done(done.examined()));
        }
        store.history().refresh();
        out().println(result.examined() + " reports were decrypted again, " + result.changed() + " changed, "
                + result.failed() + " could not be decrypted and stay as they were.");
        result.failures().forEach((reason, number) -> err().println(number + " reports: " + reason));
        return result.failed() == 0 ? ExitCode.DONE : ExitCode.PARTLY_FAILED;
    }
}
