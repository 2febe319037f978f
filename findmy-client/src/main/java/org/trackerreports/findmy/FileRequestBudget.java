package org.trackerreports.findmy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.fetch.CoolDownPolicy;
import org.trackerreports.findmy.fetch.RequestGate;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The budget of an account in a file, which several programs can share: a smallest gap between requests and a most within 24 hours. The
 * file has the time of every request of the last day. It is locked while a request is made, so two programs never ask at the same time; a
 * request counts before it is made, so one that breaks off counts, too. Thread-safe.
 *
 * <p>Every method throws {@link UncheckedIOException} if the file cannot be read or written; then no request is granted.
 */
public final class FileRequestBudget implements RequestGate {

    private static final Logger LOG = LoggerFactory.getLogger(FileRequestBudget.class);
    private static final Duration DAY = Duration.ofDays(1);

    /** Clocks that are set step by step differ by less. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final String COOL_DOWN = "cool-down ";

    /** What version 0.1.0 wrote for it; its files must keep their cool-down after an upgrade. */
    private static final String COOL_DOWN_OF_0_1_0 = "rest ";

    private final Path file;
    private final Duration gap;
    private final int maxPerDay;
    private final Clock clock;
    private final Semaphore oneAtATime = new Semaphore(1, true);
    /** The file, locked, while a request is made. */
    private @Nullable FileChannel underWay;

    /**
     * A budget.
     *
     * @param file created when missing, readable by its owner only
     * @param gap the smallest time between the end of a request and the next
     * @param maxPerDay the most requests within 24 hours
     */
    public FileRequestBudget(Path file, Duration gap, int maxPerDay, Clock clock) {
        this.file = file;
        this.gap = gap;
        this.maxPerDay = maxPerDay;
        this.clock = clock;
    }

    private record Content(List<Instant> requests, Instant coolDownUntil) {

        /** With the last request at another time. */
        Content endedAt(Instant time) {
            List<Instant> moved = new ArrayList<>(requests);
            if (!moved.isEmpty()) {
                moved.set(moved.size() - 1, time);
            }
            return new Content(moved, coolDownUntil);
        }

        /** What was written while a clock was ahead would forbid every request until that time. */
        Content withoutFuture(Instant now) {
            Instant lastCoolDown = now.plus(CoolDownPolicy.MAX_COOL_DOWN);
            return new Content(
                    requests.stream()
                            .map(each -> each.isAfter(now.plus(SKEW)) ? now : each)
                            .toList(),
                    coolDownUntil.isAfter(lastCoolDown.plus(SKEW)) ? lastCoolDown : coolDownUntil);
        }

        Content with(Instant request) {
            List<Instant> more = new ArrayList<>(requests);
            more.removeIf(each -> each.isBefore(request.minus(DAY)));
            more.add(request);
            return new Content(more, coolDownUntil);
        }
    }

    @Override
    public Permission acquire() {
        oneAtATime.acquireUninterruptibly();
        boolean granted = false;
        try {
            Permission permission = acquireLocked();
            granted = permission instanceof Granted;
            return permission;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!granted) {
                oneAtATime.release();
            }
        }
    }

    /** How long {@link #acquire} would ask to wait; zero if it would grant. Takes nothing. */
    public Duration untilGranted() {
        Instant free = free(content());
        Instant now = clock.instant();
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }

    @Override
    public int granted() {
        Instant dayAgo = clock.instant().minus(DAY);
        return (int) content().requests().stream()
                .filter(each -> each.isAfter(dayAgo))
                .count();
    }

    private Content content() {
        oneAtATime.acquireUninterruptibly();
        try (FileChannel channel = openLocked()) {
            return read(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            oneAtATime.release();
        }
    }

    private Permission acquireLocked() throws IOException {
        FileChannel channel = openLocked();
        boolean granted = false;
        try {
            Content content = read(channel);
            Instant now = clock.instant();
            Instant free = free(content);
            if (free.isAfter(now)) {
                return new MustWait(Duration.between(now, free), "the account may not ask again yet");
            }
            write(channel, content.with(now));
            underWay = channel;
            granted = true;
            return new Granted();
        } finally {
            if (!granted) {
                channel.close();
            }
        }
    }

    @Override
    public void completed(boolean answered) {
        try (FileChannel channel = Objects.requireNonNull(underWay, "no request is under way")) {
            // The gap counts from the end.
            write(channel, read(channel).endedAt(clock.instant()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            underWay = null;
            oneAtATime.release();
        }
    }

    @Override
    public void coolDown(Duration wait, String reason) {
        oneAtATime.acquireUninterruptibly();
        try (FileChannel channel = openLocked()) {
            Content content = read(channel);
            write(channel, new Content(content.requests(), later(clock.instant().plus(wait), content.coolDownUntil())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            oneAtATime.release();
        }
    }

    private Instant free(Content content) {
        List<Instant> requests = content.requests();
        Instant free = content.coolDownUntil();
        if (!requests.isEmpty()) {
            free = later(free, requests.get(requests.size() - 1).plus(gap));
        }
        if (requests.size() >= maxPerDay) {
            free = later(free, requests.get(requests.size() - maxPerDay).plus(DAY));
        }
        return free;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Closing the file also ends the lock. */
    private FileChannel openLocked() throws IOException {
        FileChannel channel =
                OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Content read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        channel.position(0);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Read until the end.
        }
        List<Instant> requests = new ArrayList<>();
        Instant coolDownUntil = Instant.EPOCH;
        try {
            for (String line : new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(COOL_DOWN)) {
                    coolDownUntil = Instant.parse(line.substring(COOL_DOWN.length()));
                } else if (line.startsWith(COOL_DOWN_OF_0_1_0)) {
                    coolDownUntil = Instant.parse(line.substring(COOL_DOWN_OF_0_1_0.length()));
                } else {
                    requests.add(Instant.parse(line));
                }
            }
        } catch (DateTimeParseException e) {
            throw new IOException(
                    file + " has the times of the last requests and cannot be read. Wait a day and remove it;"
                            + " otherwise the account may ask too often");
        }
        requests.sort(Instant::compareTo);
        Content content = new Content(requests, coolDownUntil);
        Content corrected = content.withoutFuture(clock.instant());
        if (!corrected.equals(content)) {
            LOG.warn("{} has a time in the future, so a clock was wrong. It counts as now.", file);
            write(channel, corrected);
        }
        return corrected;
    }

    private static void write(FileChannel channel, Content content) throws IOException {
        StringBuilder text = new StringBuilder();
        content.requests().forEach(each -> text.append(each).append('\n'));
        text.append(COOL_DOWN).append(content.coolDownUntil()).append('\n');
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        channel.truncate(0);
        channel.position(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
