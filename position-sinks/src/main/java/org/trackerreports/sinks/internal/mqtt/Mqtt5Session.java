package org.trackerreports.sinks.internal.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.trackerreports.sinks.connection.Credentials;

/** MQTT 5. */
record Mqtt5Session(Mqtt5AsyncClient client) implements MqttSession {

    static CompletableFuture<MqttSession> connect(
            MqttClientBuilder builder, Optional<Credentials> credentials, Optional<MqttWill> will, int keepAlive) {
        Mqtt5AsyncClient client = builder.useMqttVersion5().buildAsync();
        var connect = client.connectWith().cleanStart(true).keepAlive(keepAlive);
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
        return connect.send().thenApply(answer -> new Mqtt5Session(client));
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
                .send()
                .thenCompose(Mqtt5Session::accepted);
    }

    private static CompletableFuture<Mqtt5PublishResult> accepted(Mqtt5PublishResult result) {
        return result.getError()
                .map(CompletableFuture::<Mqtt5PublishResult>failedFuture)
                .orElseGet(() -> CompletableFuture.completedFuture(result));
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
