package org.trackerreports.findmy.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Request;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.http.HttpSettings;

/** What a client does before it connects; the rest is held against servers in TransportTest. */
class BoundedClientTest {

    @Test
    void aHeaderThatHttpDoesNotAllowIsNotRepeated() {
        BoundedClient client = new BoundedClient(HttpClient::newHttpClient, HttpSettings.DEFAULT);
        Request request = Request.create(
                Request.HttpMethod.GET,
                "https://localhost:1/",
                Map.of("Authorization", List.of("secret\nword")),
                null,
                StandardCharsets.UTF_8,
                null);
        assertThatThrownBy(() -> client.execute(request, new Request.Options()))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }
}
