package org.trackerreports.tools.tracker;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.pipeline.TrackerKeyMaterial;
import org.trackerreports.findmy.key.StaticKeys;
import org.trackerreports.findmy.keyfile.KeyFiles;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.store.tracker.Tracker;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.OutputFolder;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.command.TrackerSelection;
import org.trackerreports.tools.key.CsvKeyWriter;
import org.trackerreports.tools.key.SecretFileWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the keys of trackers into files. */
@Command(name = "export")
final class TrackersExportCommand extends ToolCommand implements Callable<Integer> {

    /** The formats of files. */
    enum Format {
        FINDMY,
        KEYS,
        DEVICES,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private TrackerSelection selection;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "findmy")
    private Format format;

    @Mixin
    private OutputFolder folder;

    @Option(names = "--yes")
    private boolean yes;

    private int left;

    @Inject
    TrackersExportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        List<Tracker> trackers = selection.trackers();
        Map<Path, String> files = files(keys(trackers));
        if (!yes) {
            files.keySet().forEach(file -> out().println("would write " + file));
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "Nothing was written. The files would hold private keys; to write them, add --yes.");
        }
        SecretFileWriter.requireFree(files.keySet());
        if (!files.isEmpty()) {
            SecretFileWriter.makeFolder(folder.folder());
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            SecretFileWriter.write(file.getKey(), file.getValue());
            out().println(file.getKey());
        }
        if (left == 0) {
            return ExitCode.DONE;
        }
        return files.isEmpty() ? ExitCode.FAILED : ExitCode.PARTLY_FAILED;
    }

    /** The keys that the format can hold. */
    private List<LabelledKeys> keys(List<Tracker> trackers) {
        boolean staticOnly = format == Format.KEYS || format == Format.DEVICES;
        List<LabelledKeys> keys = new ArrayList<>();
        for (Tracker tracker : trackers) {
            try {
                NamedKeys named =
                        new NamedKeys(tracker.name(), TrackerKeyMaterial.fromStore(tracker), Optional.empty());
                if (staticOnly && !(named.keys() instanceof StaticKeys)) {
                    leave(
                            tracker,
                            "has rolling keys, which the format " + format
                                    + " cannot hold; use --format findmy or csv");
                } else {
                    keys.add(new LabelledKeys(named, tracker.labels()));
                }
            } catch (IllegalArgumentException e) {
                leave(tracker, Failures.message(e));
            }
        }
        return keys;
    }

    private void leave(Tracker tracker, String why) {
        left++;
        err().println(tracker.name() + ": " + why);
    }

    private Map<Path, String> files(List<LabelledKeys> keys) throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        if (keys.isEmpty()) {
            return files;
        }
        switch (format) {
            case FINDMY -> keys.forEach(each -> files.put(free(files, each, ".json"), KeyFiles.write(each.named())));
            case KEYS ->
                keys.forEach(each -> files.put(free(files, each, ".keys"), KeyFiles.writeKeysText((StaticKeys)
                        each.named().keys())));
            case DEVICES ->
                files.put(
                        folder.resolve("devices.json"),
                        KeyFiles.writeDevicesJson(
                                keys.stream().map(LabelledKeys::named).toList()));
            case CSV -> files.put(folder.resolve("trackers.csv"), CsvKeyWriter.write(keys));
        }
        return files;
    }

    /** Two trackers' names may give the same file name. */
    private Path free(Map<Path, String> files, LabelledKeys keys, String ending) {
        String name = SecretFileWriter.fileName(keys.named().name());
        Path file = folder.resolve(name + ending);
        for (int number = 2; files.containsKey(file); number++) {
            file = folder.resolve(name + "-" + number + ending);
        }
        return file;
    }
}
