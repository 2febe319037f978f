package org.trackerreports.fetcher.setup;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.core.lifecycle.DaemonThreads;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteProvider;

/** Whether the anisette server gives data, and whose machine it is. A server that does not answer delays no answer for long. Thread-safe. */
final class AnisetteCheck implements AutoCloseable {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * What is known of the server.
     *
     * @param machine the fingerprint of its machine, if it gave data
     * @param failure why it gave none; both are empty while the first answer is awaited
     */
    record Finding(Optional<String> machine, Optional<String> failure) {}

    private record Done(Finding finding, Instant at) {}

    private final AnisetteProvider anisette;
    private final URI address;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("anisette-check"));
    private Optional<Done> last = Optional.empty();
    private Optional<Future<Done>> running = Optional.empty();

    AnisetteCheck(AnisetteProvider anisette, URI configured, Clock clock) {
        this.anisette = anisette;
        this.address = withoutUser(configured);
        this.clock = clock;
    }

    private static URI withoutUser(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null ? uri : URI.create(uri.toString().replace(user + "@", ""));
    }

    /** The address, without a password. */
    URI address() {
        return address;
    }

    /** The newest finding. Only the first call waits for one. */
    synchronized Finding finding() {
        Instant now = clock.instant();
        if (last.isPresent() && now.isBefore(last.get().at().plus(FRESH))) {
            return last.get().finding();
        }
        Future<Done> check = running.orElseGet(() -> thread.submit(this::ask));
        running = Optional.of(check);
        try {
            Duration patience = last.isPresent() ? Duration.ZERO : PATIENCE;
            last = Optional.of(check.get(patience.toMillis(), TimeUnit.MILLISECONDS));
            running = Optional.empty();
        } catch (TimeoutException e) {
            // The next call finds its answer.
        } catch (ExecutionException e) {
            running = Optional.empty();
            throw new IllegalStateException("the check of the anisette server failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last.map(Done::finding).orElse(new Finding(Optional.empty(), Optional.empty()));
    }

    private Done ask() {
        try {
            return new Done(
                    new Finding(Optional.of(anisette.current().machineFingerprint()), Optional.empty()),
                    clock.instant());
        } catch (AnisetteException e) {
            return new Done(new Finding(Optional.empty(), Optional.of(Failures.message(e))), clock.instant());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
