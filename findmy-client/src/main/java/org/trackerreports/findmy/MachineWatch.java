package org.trackerreports.findmy;

import org.jspecify.annotations.Nullable;
import org.trackerreports.findmy.anisette.AnisetteData;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;

/** Reports each change of the machine that anisette data speaks for. Thread-safe. */
final class MachineWatch implements AnisetteProvider {

    private final AnisetteProvider provider;
    private final Events events;
    private @Nullable String known;

    MachineWatch(AnisetteProvider provider, Events events) {
        this.provider = provider;
        this.events = events;
    }

    /** The machine that the account's session belongs to. */
    synchronized void expect(String fingerprint) {
        known = fingerprint;
    }

    @Override
    public AnisetteData current() throws AnisetteException {
        AnisetteData data = provider.current();
        String now = data.machineFingerprint();
        @Nullable String before;
        synchronized (this) {
            before = known;
            known = now;
        }
        if (before != null && !before.equals(now)) {
            events.emit(new ClientEvent.MachineChanged(before, now));
        }
        return data;
    }
}
