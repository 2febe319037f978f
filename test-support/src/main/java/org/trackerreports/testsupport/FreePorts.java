package org.trackerreports.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds free ports of the loopback interface, for servers that must come back on the same port. Thread-safe. */
public final class FreePorts {

    /** The ports of Redis' cluster bus are 10,000 above; the highest port is 65,535. */
    private static final int MAX_PORT = 55_535;

    private FreePorts() {}

    /**
     * Finds a free port. Nothing reserves it, so use it soon.
     *
     * @return a port for which the port 10,000 above exists, too
     */
    public static int next() {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() <= MAX_PORT) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
