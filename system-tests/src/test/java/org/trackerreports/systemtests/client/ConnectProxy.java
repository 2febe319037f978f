package org.trackerreports.systemtests.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trackerreports.findmy.http.ProxySettings;
import org.trackerreports.testsupport.ConnectionServer;

/** An HTTP proxy on loopback that leads every https address to one server, as somebody in the network between could. */
final class ConnectProxy implements AutoCloseable {

    private final ConnectionServer server;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    ConnectProxy(int target) {
        this.target = target;
        server = ConnectionServer.onLoopback(this::connect);
    }

    /** The hosts and ports that were asked for. */
    List<String> asked() {
        return asked;
    }

    ProxySettings settings() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port()));
        return new ProxySettings(
                new ProxySelector() {
                    @Override
                    public List<Proxy> select(URI address) {
                        return List.of(proxy);
                    }

                    @Override
                    public void connectFailed(URI address, SocketAddress place, IOException reason) {
                        throw new UncheckedIOException(reason);
                    }
                },
                Optional.empty());
    }

    private void connect(Socket client) throws IOException {
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), target)) {
            asked.add(ConnectionServer.requestHead(client.getInputStream()).split(" ")[1]);
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ConnectionServer.startDaemon(() -> copy(there, client));
            client.getInputStream().transferTo(there.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // One of both has closed the connection.
            return;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
