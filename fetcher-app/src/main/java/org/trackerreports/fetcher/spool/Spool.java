package org.trackerreports.fetcher.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.SpoolChanged;

/**
 * Answers on disk, one file each, oldest first. A file is there as a whole or not at all, whenever the process or the machine stops;
 * one that is damaged later is set aside and does not hold up the others. Instances may share a directory: an answer that is stored
 * twice is in the database once. Thread-safe.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Room that is left to the machine, and to the answers that are under way. */
    private static final long MIN_FREE_BYTES = 32L << 20;

    private final SpoolDirectory directory;
    private final long limit;
    private final DaemonListener listener;
    private final Clock clock;
    private final Map<String, Long> sizes = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger setAside = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final String instance;

    private Spool(SpoolDirectory directory, String instance, long limit, DaemonListener listener, Clock clock) {
        this.directory = directory;
        this.instance = instance;
        this.limit = limit;
        this.listener = listener;
        this.clock = clock;
    }

    /** An answer and the name under which it is kept. */
    public record Kept(String name, SpooledAnswer answer) {}

    /**
     * Opens a spool with what is in it.
     *
     * @param directory made if it is missing, readable by its owner alone
     * @param instance a name that no other instance has
     * @param limit bytes; from this size on {@link #hasRoom} says no
     * @throws IOException if the directory cannot be made or written to; the message says what to do
     */
    public static Spool open(Path directory, String instance, long limit, DaemonListener listener, Clock clock)
            throws IOException {
        Spool spool = new Spool(SpoolDirectory.prepare(directory), instance, limit, listener, clock);
        spool.directory.answers().forEach(spool::count);
        spool.bytes.addAndGet(spool.directory.bytesSetAside());
        if (!spool.sizes.isEmpty()) {
            LOG.info("{} answers of an earlier run wait to be stored.", spool.sizes.size());
        }
        spool.tell();
        return spool;
    }

    private void count(String name, long size) {
        sizes.put(name, size);
        bytes.addAndGet(size);
    }

    /** Whether another answer can be kept: there is room below the limit and on the disk. */
    public boolean hasRoom() {
        return bytes.get() < limit && directory.freeBytes() > MIN_FREE_BYTES;
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return sizes.isEmpty();
    }

    /**
     * Keeps an answer, whatever the limit: what was paid for is not thrown away. When this returns it is on the disk.
     *
     * @throws IOException if the disk does not take it; nothing half-written is left
     */
    public void keep(SpooledAnswer answer) throws IOException {
        String name = String.format(
                "%015d-%s-%06d%s", clock.millis(), instance, number.incrementAndGet(), SpoolDirectory.SUFFIX);
        count(name, directory.write(name, out -> AnswerFile.write(answer, out)));
        tell();
    }

    /** The oldest answer that can be read. Those that cannot are set aside. */
    public Optional<Kept> oldest() {
        for (String name : sizes.keySet()) {
            try (InputStream in = directory.read(name)) {
                return Optional.of(new Kept(name, AnswerFile.read(in)));
            } catch (NoSuchFileException e) {
                forget(name);
            } catch (IOException e) {
                setAside(name, e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** An answer is in the database. */
    public void remove(String name) {
        try {
            directory.delete(name);
        } catch (IOException e) {
            LOG.warn(
                    "{} was stored but cannot be deleted ({}); it will be stored again, which changes nothing.",
                    name,
                    e.getMessage());
        }
        forget(name);
    }

    /** Puts an answer aside that cannot be stored; somebody has to look at it. */
    public void setAside(String name, String reason) {
        try {
            Path place = directory.setAside(name);
            LOG.error("An answer cannot be used ({}). It was set aside as {}; the others are stored.", reason, place);
        } catch (IOException e) {
            LOG.error("An answer cannot be used ({}), nor be set aside ({}): {}", reason, e.getMessage(), name);
        }
        // Its bytes still take room, so they stay counted.
        if (sizes.remove(name) != null) {
            setAside.incrementAndGet();
            tell();
        }
    }

    private void forget(String name) {
        Long size = sizes.remove(name);
        if (size != null) {
            bytes.addAndGet(-size);
            tell();
        }
    }

    private void tell() {
        listener.spoolChanged(new SpoolChanged(sizes.size(), bytes.get(), limit, setAside.get()));
    }
}
