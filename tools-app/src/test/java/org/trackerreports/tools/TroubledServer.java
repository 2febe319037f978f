package org.trackerreports.tools;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.trackerreports.testsupport.ConnectionServer;

/** A server on loopback that treats each connection in the same way. */
final class TroubledServer implements AutoCloseable {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int CLEAR_TEXT_PASSWORD = 3;

    private final ConnectionServer server;

    /** What happens to a connection. */
    @FunctionalInterface
    interface Treatment {
        void of(DataInputStream in, OutputStream out) throws IOException;
    }

    private TroubledServer(Treatment treatment) {
        this.server = ConnectionServer.onLoopback(
                socket -> treatment.of(new DataInputStream(socket.getInputStream()), socket.getOutputStream()));
    }

    static TroubledServer of(Treatment treatment) {
        return new TroubledServer(treatment);
    }

    /** A PostgreSQL that refuses each session, with texts that try to control the terminal. */
    static TroubledServer postgres(String sqlState) {
        return of((in, out) -> {
            begin(in, out);
            String fields =
                    "SFATAL\0VFATAL\0C" + sqlState + "\0Mreason\u001b[2J\n12:00:00 INFO  forged\0Dvalue of a row\0\0";
            message(out, 'E', fields.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** Somebody who listens on the address of PostgreSQL and asks for the password itself. */
    static TroubledServer thief(StringBuffer stolen) {
        return of((in, out) -> {
            begin(in, out);
            message(out, 'R', new byte[] {0, 0, 0, CLEAR_TEXT_PASSWORD});
            stolen.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        });
    }

    /** A server that answers with this text, whatever it is asked. */
    static TroubledServer saying(String text) {
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
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
