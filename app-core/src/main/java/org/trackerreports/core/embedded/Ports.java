package org.trackerreports.core.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
final class Ports {

    private Ports() {}

    /**
     * Returns the requested port, or any free one.
     *
     * @param requested a port, or 0 for any free one
     * @param option the option that sets it
     */
    static int free(int requested, String option) throws EmbeddedServersException {
        try (ServerSocket socket = new ServerSocket(requested, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    option + " is " + requested
                            + ", but that port is in use; stop the program that uses it, or choose another"
                            + " port (0 takes any free one)",
                    e);
        }
    }
}
