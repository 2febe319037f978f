package org.trackerreports.core.embedded;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of the servers' Unix sockets, which only this user can enter: whoever cannot enter it cannot pose as a server. */
final class SocketDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(SocketDirectory.class);

    /** Longer than every name that a server uses. */
    private static final String LONGEST_NAME = ".s.PGSQL.65535.probe";

    private SocketDirectory() {}

    /**
     * Creates the directory: in the data directory or, if its path is too long or its file system has no sockets, a new one under the
     * directory for temporary files.
     */
    static Path prepare(DataDirectory directory) throws IOException {
        Path own = directory.directory("sockets");
        if (canHoldSockets(own)) {
            return own;
        }
        // With a name that nobody can guess, and mode 0700.
        return Files.createTempDirectory("tracker-reports-");
    }

    /** Deletes a directory for temporary files. */
    static void discard(DataDirectory directory, Path sockets) throws IOException {
        if (!sockets.startsWith(directory.path())) {
            Files.deleteIfExists(sockets);
        }
    }

    private static boolean canHoldSockets(Path directory) throws IOException {
        Path probe = directory.resolve(LONGEST_NAME);
        Files.deleteIfExists(probe);
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(probe));
            return true;
        } catch (IOException e) {
            LOG.debug("{} cannot hold sockets.", directory, e);
            return false;
        } finally {
            Files.deleteIfExists(probe);
        }
    }
}
