package org.trackerreports.tools.sink;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.util.List;
import org.trackerreports.core.config.NearestNames;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.KnownSink;
import org.trackerreports.core.sink.KnownSinks;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFileException;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.tools.command.CommandFailure;

/** Finds a sink that a person named. What only needs the files opens no database. */
record SinkFinder(Provider<SinkFiles> filesProvider, Provider<KnownSinks> knownProvider) {

    @Inject
    SinkFinder {}

    SinkFiles files() {
        return filesProvider.get();
    }

    KnownSinks known() {
        return knownProvider.get();
    }

    /**
     * One of them.
     *
     * @throws CommandFailure if there is none, with the nearest names
     */
    KnownSink find(String name) throws IOException, CommandFailure {
        List<KnownSink> all = known().list();
        return all.stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(ExitCode.FAILED, none(name, all)));
    }

    private static String none(String name, List<KnownSink> all) {
        return all.isEmpty()
                ? SinkText.ADD
                : "There is no sink named '" + name + "'; nearest: "
                        + String.join(
                                ", ",
                                NearestNames.of(
                                        name, all.stream().map(KnownSink::name).toList()));
    }

    /**
     * The file of one of them.
     *
     * @throws CommandFailure if something in it is wrong
     */
    SinkFile read(String name) throws CommandFailure {
        try {
            return files().read(name);
        } catch (SinkFileException e) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION,
                    "Sink " + name + " cannot be used, because its file " + files().file(name) + " is wrong: "
                            + String.join("; ", e.problems()) + ".");
        }
    }
}
