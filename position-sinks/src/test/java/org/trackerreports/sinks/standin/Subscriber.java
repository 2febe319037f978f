package org.trackerreports.sinks.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Somebody who listens to everything at a broker, with MQTT 5. Used by one thread. */
public final class Subscriber implements AutoCloseable {

    /** A message as it arrived; an empty one ends what was retained. */
    public record Message(String topic, String text, boolean retained, int qos) {}

    private final Mqtt5BlockingClient client;
    private final Mqtt5BlockingClient.Mqtt5Publishes publishes;

    /** Listens; what is retained comes first. The flag of a message says whether it was published to be retained. */
    public Subscriber(int port) {
        client = Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port).buildBlocking();
        client.connect();
        publishes = client.publishes(MqttGlobalPublishFilter.ALL);
        client.subscribeWith()
                .topicFilter("#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .retainAsPublished(true)
                .retainHandling(Mqtt5RetainHandling.SEND)
                .send();
    }

    /** The next so many messages. */
    public List<Message> next(int count) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            messages.add(receive(20)
                    .orElseThrow(
                            () -> new AssertionError("only " + number + " of " + count + " messages: " + messages)));
        }
        return messages;
    }

    /** Everything until a message that this sends itself. */
    public List<Message> untilNow() {
        client.publishWith().topic("end").payload("end".getBytes(UTF_8)).send();
        List<Message> messages = new ArrayList<>();
        while (true) {
            Message message = receive(20).orElseThrow(() -> new AssertionError("the own message did not come"));
            if (message.topic().equals("end")) {
                return messages;
            }
            messages.add(message);
        }
    }

    private Optional<Message> receive(int seconds) {
        try {
            return publishes.receive(seconds, TimeUnit.SECONDS).map(Subscriber::message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Message message(Mqtt5Publish publish) {
        return new Message(
                publish.getTopic().toString(),
                new String(publish.getPayloadAsBytes(), UTF_8),
                publish.isRetain(),
                publish.getQos().getCode());
    }

    /** What a broker retains now, by topic. */
    public static Map<String, String> retained(int port) {
        try (Subscriber subscriber = new Subscriber(port)) {
            Map<String, String> retained = new TreeMap<>();
            subscriber.untilNow().forEach(message -> retained.put(message.topic(), message.text()));
            return retained;
        }
    }

    /** Publishes a message. */
    public void publish(String topic, String text) {
        client.publishWith()
                .topic(topic)
                .payload(text.getBytes(UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
    }

    @Override
    public void close() {
        publishes.close();
        client.disconnect();
    }
}
