package org.trackerreports.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trackerreports.simulator.PlainClient.dict;
import static org.trackerreports.simulator.PlainClient.plist;

import com.dd.plist.NSDictionary;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.testsupport.TextMessages;

class ProvisioningTest {
    private static final String IDENTIFIER = Base64.getEncoder().encodeToString(new byte[16]);

    private Simulator simulator;
    private PlainClient client;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorSettings.defaults());
        client = new PlainClient(simulator, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private WebSocket open() {
        URI uri = URI.create(simulator.anisetteUrl().toString().replace("https", "wss") + "/v3/provisioning_session");
        return client.http
                .newWebSocketBuilder()
                .buildAsync(uri, new TextMessages(messages::add))
                .join();
    }

    private JsonNode next() {
        try {
            String message = messages.poll(10, TimeUnit.SECONDS);
            assertThat(message).as("a message within 10 s").isNotNull();
            return Json.parse(message.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String next(String result) {
        JsonNode message = next();
        assertThat(message.get("result").asText()).isEqualTo(result);
        return message.toString();
    }

    private NSDictionary provision(URI url, NSDictionary request) {
        NSDictionary body = dict("Header", new NSDictionary(), "Request", request);
        return PlainClient.response(plist(client.send(HttpRequest.newBuilder(url)
                .header("X-MMe-Client-Info", PlainClient.AKD)
                .header("Content-Type", "text/x-xml-plist")
                .POST(BodyPublishers.ofString(body.toXMLPropertyList()))
                .build())));
    }

    private URI lookedUp(String name) {
        NSDictionary urls =
                (NSDictionary) plist(client.send(client.request(simulator.gsaUrl(), "/grandslam/GsService2/lookup")
                                .header("X-MMe-Client-Info", PlainClient.AKD)
                                .GET()
                                .build()))
                        .get("urls");
        return URI.create(urls.get(name).toString());
    }

    private JsonNode headers(String identifier, String provisioningData) {
        HttpResponse<byte[]> reply = client.send(client.request(simulator.anisetteUrl(), "/v3/get_headers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.object()
                        .put("identifier", identifier)
                        .put("adi_pb", provisioningData)
                        .toString()))
                .build());
        assertThat(reply.statusCode()).isEqualTo(200);
        return PlainClient.json(reply);
    }

    @Test
    void provisionsAMachineOfTheClientsOwnThatTheLoginAccepts() {
        WebSocket socket = open();
        next("GiveIdentifier");
        socket.sendText("{\"identifier\":\"" + IDENTIFIER + "\"}", true);
        next("GiveStartProvisioningData");
        String spim = provision(lookedUp("midStartProvisioning"), new NSDictionary())
                .get("spim")
                .toString();
        socket.sendText("{\"spim\":\"" + spim + "\"}", true);
        JsonNode question = next();
        assertThat(question.get("result").asText()).isEqualTo("GiveEndProvisioningData");
        NSDictionary end = provision(
                lookedUp("midFinishProvisioning"),
                dict("cpim", question.get("cpim").asText()));
        assertThat(end.get("X-Apple-I-MD-RINFO")).hasToString("17106176");
        socket.sendText("{\"ptm\":\"" + end.get("ptm") + "\",\"tk\":\"" + end.get("tk") + "\"}", true);
        JsonNode success = next();
        assertThat(success.get("result").asText()).isEqualTo("ProvisioningSuccess");

        JsonNode headers = headers(IDENTIFIER, success.get("adi_pb").asText());
        assertThat(headers.get("result").asText()).isEqualTo("Headers");
        assertThat(headers.get("X-Apple-I-MD-M").asText())
                .isNotEqualTo(client.anisetteReply().get("X-Apple-I-MD-M").asText());
        assertThat(headers(IDENTIFIER, "other").get("message").asText()).contains("-45061");

        simulator
                .accounts()
                .add(SimulatedAccount.of("owner@example.com", "secret").with(SecondFactor.SMS));
        for (String name : new String[] {"X-Apple-I-MD", "X-Apple-I-MD-M", "X-Apple-I-MD-RINFO"}) {
            client.anisetteOverrides.put(name, headers.get(name).asText());
        }
        assertThat(client.login("owner@example.com", "secret").au()).isEqualTo("secondaryAuth");
    }

    @Test
    void refusesWhatDoesNotFit() {
        WebSocket socket = open();
        next("GiveIdentifier");
        socket.sendText("{\"identifier\":\"AAAA\"}", true);
        next("InvalidIdentifier");

        socket = open();
        next("GiveIdentifier");
        socket.sendText("{\"identifier\":\"" + IDENTIFIER + "\"}", true);
        next("GiveStartProvisioningData");
        socket.sendText("{\"spim\":\"made up\"}", true);
        assertThat(next("StartProvisioningError")).contains("message");

        socket = open();
        next("GiveIdentifier");
        socket.sendText("{\"identifier\":\"" + IDENTIFIER + "\"}", true);
        next("GiveStartProvisioningData");
        socket.sendText(
                "{\"spim\":\""
                        + provision(lookedUp("midStartProvisioning"), new NSDictionary())
                                .get("spim") + "\"}",
                true);
        next("GiveEndProvisioningData");
        socket.sendText("{\"ptm\":\"a\",\"tk\":\"b\"}", true);
        next("EndProvisioningError");
        assertThat(headers(IDENTIFIER, "").get("result").asText()).isEqualTo("GetHeadersError");
    }

    @Test
    void tellsItsClientInformationAndAsksForAnUpgrade() {
        JsonNode info = PlainClient.json(client.send(
                client.request(simulator.anisetteUrl(), "/v3/client_info").GET().build()));
        assertThat(info.get("client_info").asText()).startsWith("<MacBookPro13,2>");
        assertThat(info.get("user_agent").asText()).startsWith("akd/");
        assertThat(client.send(client.request(simulator.anisetteUrl(), "/v3/provisioning_session")
                                .GET()
                                .build())
                        .statusCode())
                .isEqualTo(426);
    }
}
