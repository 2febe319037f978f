package org.trackerreports.tools.maintenance;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.findmy.file.TextFiles;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.Schema;
import org.trackerreports.store.history.StoreCounts;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.RotationResult;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import org.trackerreports.tools.text.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Replaces the master key. */
@Command(name = "rotate-key")
final class RotateKeyCommand extends InstallationCommand implements Callable<Integer> {

    @Option(names = "--new-key-file", paramLabel = "FILE", required = true)
    private Path file;

    @Option(names = "--yes")
    private boolean yes;

    @Inject
    RotateKeyCommand(CommandContext context, Installation installation) {
        super(context, installation);
    }

    @Override
    public Integer call() throws IOException {
        DataSource database = installation().database();
        Schema.requireCurrent(database);
        MasterKey present = installation().masterKey();
        if (!yes) {
            ReportStore store = installation().store();
            StoreCounts counts = store.history().counts(installation().now());
            long trackers = counts.enabledTrackers() + counts.disabledTrackers();
            out().println("Would be encrypted again: the keys of " + trackers + " trackers and "
                    + store.accounts().list().size() + " accounts. Nothing was changed; add --yes.");
            return ExitCode.USAGE;
        }
        MasterKey key = newKey();
        ReportStore store =
                ReportStore.open(database, key, List.of(present), installation().clock());
        RotationResult result;
        try (Progress progress = progress("secrets", 0)) {
            result = store.rotateSecrets(done -> progress.done(done.trackers() + done.accounts()));
        }
        out().println("Encrypted again: the keys of " + result.trackers() + " trackers and " + result.accounts()
                + " accounts. From now on, all programs need MASTER_KEY_FILE=" + file.toAbsolutePath()
                + " (or that file as DATA_DIR/master.key). Keep the old key as long as you keep backups that need it.");
        return ExitCode.DONE;
    }

    private MasterKey newKey() throws IOException {
        if (!Files.exists(file)) {
            OwnerOnlyFiles.create(file, (MasterKey.random().toBase64() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return MasterKey.fromBase64(TextFiles.read(file).strip());
    }
}
