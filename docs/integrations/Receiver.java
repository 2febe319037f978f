import com.sun.net.httpserver.*;
import java.net.InetSocketAddress;
import java.nio.file.*;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receives webhooks: checks the signature, and drops what came before. Usage: java Receiver.java SECRET_FILE PORT */
class Receiver {
    public static void main(String[] args) throws Exception {
        byte[] secret = Base64.getDecoder().decode(Files.readString(Path.of(args[0])).strip().substring("whsec_".length()));
        Set<String> seen = new HashSet<>(); // A program that restarts keeps the ids in its database.
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            boolean genuine = genuine(secret, exchange.getRequestHeaders(), body);
            if (genuine && seen.add(id)) System.out.println(id + " " + new String(body, "UTF-8"));
            exchange.sendResponseHeaders(genuine ? 204 : 401, -1);
            exchange.close();
        });
        server.start();
    }

    static boolean genuine(byte[] secret, Headers headers, byte[] body) {
        try {
            String time = headers.getFirst("webhook-timestamp");
            if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(time)) > 300) return false;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update((headers.getFirst("webhook-id") + "." + time + ".").getBytes("UTF-8"));
            byte[] valid = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes("UTF-8");
            for (String given : headers.getFirst("webhook-signature").split(" "))
                if (MessageDigest.isEqual(valid, given.getBytes("UTF-8"))) return true;
        } catch (Exception e) {
            System.err.println("not a webhook: " + e);
        }
        return false;
    }
}
