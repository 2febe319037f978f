package org.trackerreports.core.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on loopback. */
final class Ports {

    private Ports() {}

    /**
     * The wished port if it is free, or any free one.
     *
     * @param wished a port, or 0 for any
     * @param option the option that wishes it
     */
    static int free(int wished, String option) throws EmbeddedServersException {
        try (ServerSocket socket = new ServerSocket(wished, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedServersException(
                    option + " is " + wished
                            + ", but that port is taken; stop the program that uses it, or choose another"
                            + " port (0 takes any free one)",
                    e);
        }
    }
}
