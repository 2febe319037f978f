import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.TrackerQueue;
import redis.embedded.RedisServer;

class CheckFeedsTest {

    @Test
    void checksEachFeedOnceUntilItIsDueAgain() throws Exception {
        int port = freePort();
        RedisServer redis = RedisServer.builder().port(port).setting("bind 127.0.0.1").setting("save \"\"").build();
        redis.start();
        HttpServer feeds = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        feeds.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/gone") ? 404 : 200, -1);
            exchange.close();
        });
        feeds.start();
        try {
            String url = "redis://127.0.0.1:" + port;
            String there = "http://127.0.0.1:" + feeds.getAddress().getPort() + "/news";
            String gone = "http://127.0.0.1:" + feeds.getAddress().getPort() + "/gone";
            String silent = "http://127.0.0.1:" + freePort() + "/";
            assertEquals(Set.of(there + " answered 200"), printedBy(url, there, gone, silent));
            makeDue(url);

            assertEquals(
                    Set.of(
                            there + " answered 200",
                            gone + " answered 404",
                            silent + " did not answer; it is tried again later"),
                    printedBy(url, there, gone, silent));
            assertEquals(Set.of(), printedBy(url, there, gone, silent), "none is due");
        } finally {
            feeds.stop(0);
            redis.stop();
        }
    }

    /** Otherwise the queue spreads the first turns over the interval. */
    private static void makeDue(String url) {
        RedissonClient redis = RedisClients.connect(url);
        new TrackerQueue(redis, QueueSettings.defaults("feeds")).requeueAllNow();
        redis.shutdown();
    }

    private static Set<String> printedBy(String... arguments) throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            CheckFeeds.main(arguments);
        } finally {
            System.setOut(before);
        }
        return Set.copyOf(printed.toString().lines().toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
