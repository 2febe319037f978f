import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class UseSinkTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void deliversAPositionAndTellsWhenNobodyTakesIt() throws IOException {
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.put("signature", exchange.getRequestHeaders().getFirst("webhook-signature"));
            received.put("body", new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        String address = "127.0.0.1:" + receiver.getAddress().getPort();

        assertEquals("delivered", printedBy("http://" + address + "/hook"));
        assertTrue(received.get("signature").startsWith("v1,"));
        assertTrue(received.get("body").contains("\"Bike\""));

        receiver.stop(0);
        assertEquals("deliver it again later: no connection to " + address, printedBy("http://" + address + "/hook"));
    }

    private static String printedBy(String url) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            UseSink.main(new String[] {url, SECRET});
        } finally {
            System.setOut(before);
        }
        return printed.toString().strip();
    }
}
