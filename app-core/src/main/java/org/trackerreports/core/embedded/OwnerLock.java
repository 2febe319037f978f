package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/** The lock of the one process that runs the servers of a data directory. The operating system releases it when the process dies. */
final class OwnerLock implements AutoCloseable {

    private static final String FILE = "servers.lock";

    // Who closes any handle of the file loses the lock, so a process that has it must not open the file again.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Empty if somebody has it, in this process or in another. */
    static Optional<OwnerLock> tryTake(DataDirectory directory) throws IOException {
        Path file = directory.path().toRealPath().resolve(FILE);
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        Optional<OwnerLock> taken = Optional.empty();
        try {
            FileChannel channel = OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                taken = Optional.ofNullable(channel.tryLock()).map(lock -> new OwnerLock(file, channel));
                return taken;
            } finally {
                if (taken.isEmpty()) {
                    channel.close();
                }
            }
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
