package org.trackerreports.tools.fetch;

import java.io.IOException;
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
import java.util.function.Supplier;
import org.trackerreports.core.account.AccountBudget.Budgeted;
import org.trackerreports.core.account.AccountBudget.Made;
import org.trackerreports.core.account.AccountBudget.MustWait;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The budget of an account that has no Redis: a file with the time of every request of the last day, which all commands share that use
 * the same session file. It is locked while a request is made, so two commands never ask at the same time; a request counts before it
 * is made, so one that breaks off counts, too.
 */
final class RequestLedger {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String REST = "rest ";

    private final Path file;
    private final Duration gap;
    private final int mostPerDay;
    private final Clock clock;

    /**
     * @param file made when missing
     * @param gap the least time between the end of a request and the next
     * @param mostPerDay the most requests within 24 hours
     */
    RequestLedger(Path file, Duration gap, int mostPerDay, Clock clock) {
        this.file = file;
        this.gap = gap;
        this.mostPerDay = mostPerDay;
        this.clock = clock;
    }

    private record Content(List<Instant> requests, Instant restUntil) {}

    /** Makes a request if the budget allows it now. */
    <T> Budgeted<T> request(Supplier<T> request) throws IOException {
        try (FileChannel channel = openLocked()) {
            Content content = read(channel);
            Instant now = clock.instant();
            Instant free = free(content);
            if (free.isAfter(now)) {
                return new MustWait<>(Duration.between(now, free));
            }
            List<Instant> requests = new ArrayList<>(content.requests());
            requests.removeIf(each -> each.isBefore(now.minus(DAY)));
            requests.add(now);
            write(channel, new Content(requests, content.restUntil()));
            T answer = request.get();
            // The gap counts from the end.
            requests.set(requests.size() - 1, clock.instant());
            write(channel, new Content(requests, content.restUntil()));
            return new Made<>(answer);
        }
    }

    /** Allows nothing for a while. */
    void rest(Duration rest) throws IOException {
        try (FileChannel channel = openLocked()) {
            Content content = read(channel);
            Instant until = clock.instant().plus(rest);
            write(
                    channel,
                    new Content(content.requests(), until.isAfter(content.restUntil()) ? until : content.restUntil()));
        }
    }

    private Instant free(Content content) {
        List<Instant> requests = content.requests();
        Instant free = content.restUntil();
        if (!requests.isEmpty()) {
            free = later(free, requests.get(requests.size() - 1).plus(gap));
        }
        if (requests.size() >= mostPerDay) {
            free = later(free, requests.get(requests.size() - mostPerDay).plus(DAY));
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
            continue;
        }
        List<Instant> requests = new ArrayList<>();
        Instant restUntil = Instant.EPOCH;
        try {
            for (String line : new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith(REST)) {
                    restUntil = Instant.parse(line.substring(REST.length()));
                } else {
                    requests.add(Instant.parse(line));
                }
            }
        } catch (DateTimeParseException e) {
            throw new IOException(
                    file + " holds the times of the last requests and cannot be read; wait a day and remove it,"
                            + " or the account may ask too often");
        }
        requests.sort(Instant::compareTo);
        return new Content(requests, restUntil);
    }

    private static void write(FileChannel channel, Content content) throws IOException {
        StringBuilder text = new StringBuilder();
        content.requests().forEach(each -> text.append(each).append('\n'));
        text.append(REST).append(content.restUntil()).append('\n');
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
        channel.truncate(0);
        channel.position(0);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }
}
