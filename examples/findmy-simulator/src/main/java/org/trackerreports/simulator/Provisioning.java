package org.trackerreports.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * State shared by Apple and an anisette server while a machine is provisioned: the start data and its end data. Safe for
 * use by many threads.
 */
final class Provisioning {
    private final SecretSource secrets;
    private final Map<String, String> ended = new ConcurrentHashMap<>();
    private final Map<String, Boolean> started = new ConcurrentHashMap<>();
    private final Map<String, Boolean> answered = new ConcurrentHashMap<>();

    Provisioning(SecretSource secrets) {
        this.secrets = secrets;
    }

    /** Apple begins: {@code spim}. */
    String start() {
        String spim = secrets.freshBase64("spim", 128);
        started.put(spim, true);
        return spim;
    }

    /** The anisette server answers to this with data for the machine; empty if Apple did not issue it or it was used. */
    Optional<String> answer(String spim) {
        if (started.remove(spim) == null) {
            return Optional.empty();
        }
        String cpim = secrets.freshBase64("cpim", 128);
        answered.put(cpim, true);
        return Optional.of(cpim);
    }

    /** Apple ends: {@code ptm} and {@code tk} for a {@code cpim}; empty if no anisette server made it. */
    Optional<Ending> end(String cpim) {
        if (answered.remove(cpim) == null) {
            return Optional.empty();
        }
        Ending ending = new Ending(secrets.freshBase64("ptm", 64), secrets.freshBase64("tk", 64));
        ended.put(ending.ptm(), ending.tk());
        return Optional.of(ending);
    }

    /** Whether Apple ended with this, once. */
    boolean finish(Ending ending) {
        return ended.remove(ending.ptm(), ending.tk());
    }

    /** The last of what is exchanged. */
    record Ending(String ptm, String tk) {
        @Override
        public String toString() {
            return "Ending[hidden]";
        }
    }
}
