package org.trackerreports.tools;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on loopback that treats each connection in the same way. */
final class TroubledServer implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CLEAR_TEXT_PASSWORD = 3;

    private final ServerSocket server;
    private final Treatment treatment;

    /** What happens to a connection. */
    @FunctionalInterface
    interface Treatment {
        void of(DataInputStream in, OutputStream out) throws IOException;
    }

    private TroubledServer(Treatment treatment) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.treatment = treatment;
        Thread thread = new Thread(this::serve, "troubled server");
        thread.setDaemon(true);
        thread.start();
    }

    static TroubledServer of(Treatment treatment) throws IOException {
        return new TroubledServer(treatment);
    }

    /** A PostgreSQL that refuses each session, with texts that try to control the terminal. */
    static TroubledServer postgres(String sqlState) throws IOException {
        return of((in, out) -> {
            begin(in, out);
            String fields =
                    "SFATAL\0VFATAL\0C" + sqlState + "\0Mreason\u001b[2J\n12:00:00 INFO  forged\0Dvalue of a row\0\0";
            message(out, 'E', fields.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Somebody who listens on the address of PostgreSQL and asks for the password itself. */
    static TroubledServer thief(StringBuffer stolen) throws IOException {
        return of((in, out) -> {
            begin(in, out);
            message(out, 'R', new byte[] {0, 0, 0, CLEAR_TEXT_PASSWORD});
            stolen.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        });
    }

    /** A server that answers with this text, whatever it is asked. */
    static TroubledServer saying(String text) throws IOException {
        return of((in, out) -> {
            in.read();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            in.skipNBytes(Math.min(in.available(), 10_000));
        });
    }

    /** A Redis that answers every command with this line. */
    static TroubledServer redis(String reply) throws IOException {
        return of((in, out) -> {
            byte[] some = new byte[4096];
            for (int length = in.read(some); length > 0; length = in.read(some)) {
                // Several commands may come at once; each begins with a star.
                for (int at = 0; at < length; at++) {
                    if (some[at] == '*') {
                        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                }
                out.flush();
            }
        });
    }

    private static void begin(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            in.readNBytes(length - 2 * Integer.BYTES);
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return;
            }
            out.write('N');
            out.flush();
        }
    }

    private static void message(OutputStream out, char type, byte[] content) throws IOException {
        int length = content.length + Integer.BYTES;
        out.write(type);
        out.write(new byte[] {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length});
        out.write(content);
        out.flush();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> treat(socket), "troubled connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void treat(Socket socket) {
        try (socket) {
            treatment.of(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (IOException e) {
            // The program under test has closed the connection.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
