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
import org.trackerreports.core.event.Listeners;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.fetcher.event.DaemonListener;
import org.trackerreports.fetcher.event.SpoolChanged;

/**
 * Answers on disk, one file each, oldest first. A file is complete or does not exist, whenever the process or the machine stops. A file
 * that is damaged later is moved aside. Instances may share a directory: an answer that is stored twice is in the database once.
 * Thread-safe.
 */
public final class Spool {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** Space that is left to other programs and to answers of running requests. */
    private static final long MIN_FREE_BYTES = 32L << 20;

    private final SpoolDirectory directory;
    private final long limit;
    private final Listeners<DaemonListener> listeners;
    private final Clock clock;
    private final Map<String, Long> sizes = new ConcurrentSkipListMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger setAside = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final String instance;

    private Spool(
            SpoolDirectory directory, String instance, long limit, Listeners<DaemonListener> listeners, Clock clock) {
        this.directory = directory;
        this.instance = instance;
        this.limit = limit;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** An answer and the name of its file. */
    public record Kept(String name, SpooledAnswer answer) {}

    /**
     * Opens a spool with the answers in it.
     *
     * @param directory created if it is missing, readable by its owner alone
     * @param instance the unique name of this instance
     * @param limit bytes; from this size on {@link #hasRoom} returns false
     * @throws IOException if the directory cannot be created or written to; the message says what to do
     */
    public static Spool open(
            Path directory, String instance, long limit, Listeners<DaemonListener> listeners, Clock clock)
            throws IOException {
        Spool spool = new Spool(SpoolDirectory.prepare(directory), instance, limit, listeners, clock);
        spool.directory.answers().forEach(spool::count);
        spool.bytes.addAndGet(spool.directory.bytesSetAside());
        if (!spool.sizes.isEmpty()) {
            LOG.info("{} answers of an earlier run wait on disk.", spool.sizes.size());
        }
        spool.tell();
        return spool;
    }

    private void count(String name, long size) {
        sizes.put(name, size);
        bytes.addAndGet(size);
    }

    /** Whether another answer can be kept: below the limit and with free space on the disk. */
    public boolean hasRoom() {
        return bytes.get() < limit && directory.freeBytes() > MIN_FREE_BYTES;
    }

    /** Whether no answer waits. */
    public boolean isEmpty() {
        return sizes.isEmpty();
    }

    /**
     * Keeps an answer, even beyond the limit, because it cost budget. When this returns, it is on the disk.
     *
     * @throws IOException if it cannot be written; no incomplete file is left
     */
    public void keep(SpooledAnswer answer) throws IOException {
        String name = String.format(
                "%015d-%s-%06d%s", clock.millis(), instance, number.incrementAndGet(), SpoolDirectory.SUFFIX);
        count(name, directory.write(name, out -> AnswerFile.write(answer, out)));
        tell();
    }

    /** The oldest answer that can be read. Answers that cannot be read are moved aside. */
    public Optional<Kept> oldest() {
        for (String name : sizes.keySet()) {
            try (InputStream in = directory.read(name)) {
                return Optional.of(new Kept(name, AnswerFile.read(in)));
            } catch (NoSuchFileException e) {
                forget(name);
            } catch (IOException e) {
                setAside(name, Failures.message(e));
            }
        }
        return Optional.empty();
    }

    /** Removes an answer that is in the database. */
    public void remove(String name) {
        try {
            directory.delete(name);
        } catch (IOException e) {
            LOG.warn(
                    "{} was stored but cannot be deleted ({}). It will be stored again, which changes nothing.",
                    name,
                    e.getMessage());
        }
        forget(name);
    }

    /** Moves an answer aside that cannot be stored, for a person to look at. */
    public void setAside(String name, String reason) {
        try {
            Path place = directory.setAside(name);
            LOG.error(
                    "An answer cannot be stored ({}). It was moved aside as {}. The others are stored.", reason, place);
        } catch (IOException e) {
            LOG.error("An answer can neither be stored ({}) nor moved aside ({}): {}", reason, e.getMessage(), name);
        }
        // Its bytes are still on the disk, so they stay counted.
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
        listeners.tell(
                DaemonListener::spoolChanged, new SpoolChanged(sizes.size(), bytes.get(), limit, setAside.get()));
    }
}
