package org.trackerreports.core.embedded;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect to a Unix socket, whatever address they are told. The PostgreSQL driver creates it by its name. Stateless
 * and thread-safe.
 */
public final class UnixSocketFactory extends SocketFactory {

    private final Path path;

    /**
     * @param path the Unix socket
     */
    public UnixSocketFactory(String path) {
        this.path = Path.of(path);
    }

    @Override
    public Socket createSocket() {
        return new UnixSocket(path);
    }

    @Override
    public Socket createSocket(String host, int port) throws SocketException {
        throw notConnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws SocketException {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws SocketException {
        throw notConnected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws SocketException {
        throw notConnected();
    }

    private static SocketException notConnected() {
        return new SocketException("only sockets that are connected later");
    }
}
