package org.trackerreports.core.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.findmy.file.OwnerOnlyFiles;

/**
 * The processes that use servers which another process runs. Each holds a shared lock on a file, which the operating system releases when
 * the process dies.
 */
final class ServerUsers {

    private static final String FILE = "servers.users";

    private static final Logger LOG = LoggerFactory.getLogger(ServerUsers.class);

    private ServerUsers() {}

    static FileChannel file(DataDirectory directory) throws IOException {
        Path file = directory.resolve(FILE);
        return OwnerOnlyFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /**
     * Registers this process as a user until the file is closed.
     *
     * @return false while an owner checks for users
     */
    static boolean enter(FileChannel file) throws IOException {
        try {
            return file.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException e) {
            // Another user in this process, which the owner already knows.
            return true;
        }
    }

    /** Waits until no other process uses the servers. */
    static void awaitNone(DataDirectory directory, Notices notices) throws IOException {
        try (FileChannel file = file(directory)) {
            if (file.tryLock() == null) {
                notices.tell("Another command uses the servers that this one started. Waiting until it ends.");
                file.lock();
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("The servers are still used in this process, which decides itself when to stop them.");
        }
    }
}
