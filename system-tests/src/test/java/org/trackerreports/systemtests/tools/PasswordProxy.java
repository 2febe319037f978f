package org.trackerreports.systemtests.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.trackerreports.testsupport.ConnectionServer;

/** An HTTP proxy on loopback that asks for a password. It looks for every host on loopback, so that host names can be made up. */
final class PasswordProxy implements AutoCloseable {

    private static final String REFUSAL = "HTTP/1.1 407 Proxy Authentication Required\r\n"
            + "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ConnectionServer server;
    private final String authorization;
    private final List<String> let = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /**
     * Starts the proxy.
     *
     * @param authorization the only header of the requests that it lets through
     */
    PasswordProxy(String authorization) {
        this.authorization = authorization;
        server = ConnectionServer.onLoopback(this::answer);
    }

    int port() {
        return server.port();
    }

    /** What the proxy let through: the method, and the host and port. */
    List<String> let() {
        return let;
    }

    /** What it refused, with the authorization that came with it. */
    List<String> refused() {
        return refused;
    }

    private void answer(Socket client) throws IOException {
        List<String> head = ConnectionServer.requestHead(client.getInputStream())
                .strip()
                .lines()
                .toList();
        String[] request = head.get(0).split(" ");
        boolean tunnel = request[0].equals("CONNECT");
        String place = tunnel ? request[1] : request[1].replaceFirst("^http://([^/]*).*", "$1");
        String given = header(head, "proxy-authorization");
        if (!given.equals(authorization)) {
            refused.add(request[0] + " " + place + " " + given);
            client.getOutputStream().write(REFUSAL.getBytes(StandardCharsets.US_ASCII));
            return;
        }
        let.add(request[0] + " " + place);
        int port = Integer.parseInt(place.substring(place.indexOf(':') + 1));
        try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String begin = tunnel ? "" : forwarded(head, request[1].replaceFirst("^http://[^/]*", ""));
            there.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
            if (tunnel) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            ConnectionServer.startDaemon(() -> copy(client, there));
            there.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** One request for each connection, which the server closes. */
    private static String forwarded(List<String> head, String path) {
        return head.stream()
                .map(line -> line.equals(head.get(0)) ? line.replaceFirst(" \\S+ ", " " + path + " ") : line)
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                .collect(Collectors.joining("\r\n", "", "\r\nConnection: close\r\n\r\n"));
    }

    private static String header(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("nothing");
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
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
