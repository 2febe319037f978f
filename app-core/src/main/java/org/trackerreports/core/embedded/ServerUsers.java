package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The processes that use servers which another one runs. Each holds a shared lock on a file, which the operating system takes back when
 * the process dies.
 */
final class ServerUsers {

    private static final String FILE = "servers.users";

    private static final Logger LOG = LoggerFactory.getLogger(ServerUsers.class);

    private ServerUsers() {}

    static FileChannel file(DataDirectory directory) throws IOException {
        Path file = directory.resolve(FILE);
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Becomes a user until the file is closed. @return false while an owner looks whether it has users */
    static boolean enter(FileChannel file) throws IOException {
        try {
            return file.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException e) {
            // Somebody else in this very process, where nobody need be told.
            return true;
        }
    }

    /** Waits until nobody uses the servers any more. */
    static void awaitNone(DataDirectory directory) throws IOException {
        try (FileChannel file = file(directory)) {
            if (file.tryLock() == null) {
                LOG.warn("Another command uses the servers that this one started; waiting until it has ended.");
                file.lock();
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("The servers are used in this very process, which has to know when to stop them.");
        }
    }
}
