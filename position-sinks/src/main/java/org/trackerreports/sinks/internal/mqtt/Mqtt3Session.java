package org.trackerreports.sinks.internal.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.trackerreports.sinks.connection.Credentials;

/** MQTT 3.1.1. */
record Mqtt3Session(Mqtt3AsyncClient client) implements MqttSession {

    static CompletableFuture<MqttSession> connect(
            MqttClientBuilder builder, Optional<Credentials> credentials, Optional<MqttWill> will, int keepAlive) {
        Mqtt3AsyncClient client = builder.useMqttVersion3().buildAsync();
        var connect = client.connectWith().cleanSession(true).keepAlive(keepAlive);
        credentials.ifPresent(user -> connect.simpleAuth()
                .username(user.user())
                .password(user.password().getBytes(UTF_8))
                .applySimpleAuth());
        will.ifPresent(last -> connect.willPublish()
                .topic(last.topic())
                .payload(last.message().getBytes(UTF_8))
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .applyWillPublish());
        return connect.send().thenApply(answer -> new Mqtt3Session(client));
    }

    @Override
    public boolean isConnected() {
        return client.getState().isConnected();
    }

    @Override
    public CompletableFuture<?> publish(String topic, byte[] message, boolean retained) {
        return client.publishWith()
                .topic(topic)
                .payload(message)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retained)
                .send();
    }

    @Override
    public CompletableFuture<?> subscribe(String topic, Consumer<byte[]> received) {
        return client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> received.accept(message.getPayloadAsBytes()))
                .send();
    }

    @Override
    public CompletableFuture<?> disconnect() {
        return client.disconnect();
    }
}
