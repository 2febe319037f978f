package org.trackerreports.tools.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.keyfile.KeySource;
import org.trackerreports.core.keyfile.KeySourceReader;
import org.trackerreports.core.keyfile.LabelledKeys;
import org.trackerreports.core.text.Printable;
import org.trackerreports.findmy.keyfile.KeyFileProblem;
import org.trackerreports.findmy.keyfile.NamedKeys;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Terminal;

/** Reads the key files of a command, with the codes of locked zips. */
public final class KeySources {

    private KeySources() {}

    /**
     * Reads files.
     *
     * @param codes opens locked zips
     * @param terminal who is asked for a code
     * @throws CommandFailure if the file with the codes cannot be read
     */
    public static void read(List<Path> files, ZipCodes codes, Terminal terminal, KeySourceReader.Listener listener)
            throws CommandFailure {
        List<KeySource> sources = files.stream().map(KeySource::of).toList();
        KeySourceReader.read(sources, codes.of(sources, terminal), listener);
    }

    /**
     * The trackers in files, for a command that needs at least one.
     *
     * @param codes opens locked zips
     * @param terminal who is asked for a code
     * @param complain receives each problem as a line for people
     * @throws CommandFailure if none of the files holds a tracker
     */
    public static List<NamedKeys> require(
            List<Path> files, ZipCodes codes, Terminal terminal, Consumer<String> complain) throws CommandFailure {
        List<NamedKeys> trackers = new ArrayList<>();
        read(files, codes, terminal, new KeySourceReader.Listener() {
            @Override
            public void tracker(String file, LabelledKeys tracker) {
                trackers.add(tracker.named());
            }

            @Override
            public void problem(String file, KeyFileProblem problem) {
                complain.accept(Printable.of(file + ", " + problem.where() + ": " + problem.message()));
            }
        });
        if (trackers.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The files hold no usable key. Look into them: findmy tools keys inspect FILE");
        }
        return trackers;
    }
}
