package org.trackerreports.core.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
final class Ports {

    private Ports() {}

    /**
     * Requires that a port is free.
     *
     * @param port the port; 0 for none
     * @param option the option that sets it
     */
    static void requireFree(int port, String option) throws EmbeddedServersException {
        if (port == 0) {
            return;
        }
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    option + " is " + port
                            + ", but that port is in use; stop the program that uses it, or choose another"
                            + " port (0 for none: this program needs none)",
                    e);
        }
    }
}
