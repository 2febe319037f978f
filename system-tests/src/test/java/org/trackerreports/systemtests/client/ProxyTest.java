package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.AnisetteException;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.http.HttpSettings;

/** What is in between the client and a server: a proxy, somebody who pretends to be the server, a password that is asked for. */
class ProxyTest {

    private static final Instant TOMORROW = Instant.now().plus(Duration.ofDays(1));

    private final Certificates certificates = new Certificates();

    private HttpSettings settings(ConnectProxy proxy) {
        return new HttpSettings(
                        Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20, List.of(certificates.authority()))
                .through(proxy.settings());
    }

    /** The same authority and the same server in between; only the host differs. */
    @Test
    void anAdditionalCertificateIsTrustedExceptForTheHostsOfApple() {
        for (String host : List.of("gsa.apple.com", "setup.icloud.com", "GATEWAY.icloud.com", "apple.com")) {
            assertThat(asked(host)).as(host).contains("cannot be trusted");
        }
        assertThat(asked("anisette.example.com")).doesNotContain("cannot be trusted");
        assertThat(asked("notapple.com")).doesNotContain("cannot be trusted");
    }

    private String asked(String host) {
        try (BadServer server =
                        new BadServer(certificates.server(host, TOMORROW), BadServer.sends(2, true, new AtomicLong()));
                ConnectProxy proxy = new ConnectProxy(server.address().getPort())) {
            AnisetteServer anisette =
                    new AnisetteServer(URI.create("https://" + host), settings(proxy), Clock.systemUTC());
            String message = org.assertj.core.api.Assertions.catchThrowable(anisette::current)
                    .getMessage();
            assertThat(proxy.asked()).containsExactly(host + ":443");
            return message;
        }
    }

    @Test
    void userAndPasswordOfTheAnisetteServerAreSentToItAloneAndShownNowhere() throws Exception {
        List<String> authorizations = new CopyOnWriteArrayList<>();
        List<String> elsewhere = new CopyOnWriteArrayList<>();
        HttpServer other = server("", 200, elsewhere);
        HttpServer anisette = server("http://127.0.0.1:" + other.getAddress().getPort() + "/", 307, authorizations);
        int port = anisette.getAddress().getPort();
        try {
            assertThatThrownBy(() -> new AnisetteServer(
                                    URI.create("http://joe:pa%40ss@127.0.0.1:" + port),
                                    HttpSettings.DEFAULT,
                                    Clock.systemUTC())
                            .current())
                    .isInstanceOf(AnisetteException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("307")
                    .hasMessageNotContaining("pa");
            // echo -n 'joe:pa@ss' | base64
            assertThat(authorizations).containsExactly("Basic am9lOnBhQHNz");
            assertThat(elsewhere).isEmpty();
        } finally {
            anisette.stop(0);
            other.stop(0);
        }
    }

    private static HttpServer server(String location, int status, List<String> authorizations) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
