package org.trackerreports.sinks.internal.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.message.connect.connack.Mqtt3ConnAckReturnCode;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trackerreports.sinks.connection.MqttAddress;
import org.trackerreports.sinks.internal.http.TlsTrouble;
import org.trackerreports.sinks.internal.http.Trust;
import org.trackerreports.sinks.internal.text.SafeText;

/**
 * A connection to a broker, with MQTT 5, or 3.1.1 where the broker does not speak it. It connects again only when it is asked to. Used by one
 * thread at a time; {@link #close} may be called from another one.
 */
public final class MqttConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int GOODBYE_SECONDS = 1;

    private final MqttAddress address;
    private final Optional<MqttWill> will;
    private final Duration limit;
    private boolean oldProtocol;
    private volatile Optional<MqttSession> session = Optional.empty();
    private volatile boolean closed;

    public MqttConnection(MqttAddress address, Optional<MqttWill> will) {
        this(address, will, LIMIT);
    }

    /** With another time to wait for a single answer. */
    MqttConnection(MqttAddress address, Optional<MqttWill> will, Duration limit) {
        this.address = address;
        this.will = will;
        this.limit = limit;
    }

    /**
     * Connects unless the connection works.
     *
     * @return true if it is a new connection
     */
    public boolean connect() throws MqttTrouble {
        if (closed) {
            throw new MqttTrouble("the sink is closed", false);
        }
        if (session.filter(MqttSession::isConnected).isPresent()) {
            return false;
        }
        session = Optional.of(oldProtocol ? connect3() : connect5());
        if (closed) {
            // By another thread, while this one connected.
            goodbye();
            throw new MqttTrouble("the sink is closed", false);
        }
        return true;
    }

    private MqttSession connect5() throws MqttTrouble {
        try {
            return opened(Mqtt5Session.connect(builder(), address.credentials(), will, KEEP_ALIVE_SECONDS));
        } catch (ExecutionException e) {
            if (!mayBeTheVersion(cause(e))) {
                throw trouble(cause(e));
            }
            MqttSession old = connect3();
            LOG.info("The broker at {} speaks MQTT 3.1.1 only.", address);
            oldProtocol = true;
            return old;
        }
    }

    private MqttSession connect3() throws MqttTrouble {
        try {
            return opened(Mqtt3Session.connect(builder(), address.credentials(), will, KEEP_ALIVE_SECONDS));
        } catch (ExecutionException e) {
            throw trouble(cause(e));
        }
    }

    private MqttSession opened(CompletableFuture<MqttSession> opening) throws MqttTrouble, ExecutionException {
        try {
            return await(opening);
        } catch (MqttTrouble e) {
            // It may still come about, and nobody would use it.
            opening.thenAccept(MqttSession::disconnect);
            throw e;
        }
    }

    /** Old brokers answer in their own protocol, or end the connection. */
    private static boolean mayBeTheVersion(Throwable failure) {
        return failure instanceof Mqtt5ConnAckException refused
                ? refused.getMqttMessage().getReasonCode() == Mqtt5ConnAckReasonCode.UNSUPPORTED_PROTOCOL_VERSION
                : !(failure instanceof ConnectionFailedException);
    }

    /** The time limits of the client are longer than ours, so that it is always ours that ends a wait. */
    private MqttClientBuilder builder() {
        var plain = MqttClientTransportConfig.builder()
                .serverHost(address.host())
                .serverPort(address.port())
                .socketConnectTimeout(2 * limit.toMillis(), TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
        var transport = address.tls() ? plain.sslConfig(tls()) : plain;
        return MqttClient.builder().identifier(address.clientId()).transportConfig(transport.build());
    }

    /** Checks that the certificate is for the host, too; that is what HiveMQ's client does unless it is told otherwise. */
    private MqttClientSslConfig tls() {
        return address.trusted()
                .map(certificates -> MqttClientSslConfig.builder()
                        .trustManagerFactory(Trust.managers(certificates))
                        .build())
                .orElseGet(() -> MqttClientSslConfig.builder().build());
    }

    private static Throwable cause(ExecutionException failure) {
        return Optional.ofNullable(failure.getCause()).orElse(failure);
    }

    /** Publishes with quality of service 1, and waits until the broker has the message. */
    public void publish(String topic, byte[] message, boolean retained) throws MqttTrouble {
        complete(current().publish(topic, message, retained));
    }

    /** Subscribes until the connection ends. The consumer is called by another thread. */
    public void subscribe(String topic, Consumer<byte[]> received) throws MqttTrouble {
        complete(current().subscribe(topic, received));
    }

    private MqttSession current() throws MqttTrouble {
        return session.orElseThrow(() -> new MqttTrouble("there is no connection to " + address, false));
    }

    private void complete(CompletableFuture<?> work) throws MqttTrouble {
        try {
            await(work);
        } catch (ExecutionException e) {
            throw trouble(cause(e));
        }
    }

    private <T> T await(CompletableFuture<T> work) throws MqttTrouble, ExecutionException {
        try {
            return work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end();
            throw new MqttTrouble("no answer of " + address + " within " + limit.toSeconds() + " s", false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MqttTrouble("the delivery was ended", false);
        }
    }

    /** Says what failed. */
    private MqttTrouble trouble(Throwable failure) {
        if (failure instanceof Mqtt5ConnAckException refused) {
            Mqtt5ConnAckReasonCode code = refused.getMqttMessage().getReasonCode();
            boolean credentials = code == Mqtt5ConnAckReasonCode.NOT_AUTHORIZED
                    || code == Mqtt5ConnAckReasonCode.BAD_USER_NAME_OR_PASSWORD;
            return new MqttTrouble("the broker at " + address + " refuses the connection: " + words(code), credentials);
        }
        if (failure instanceof Mqtt3ConnAckException refused) {
            Mqtt3ConnAckReturnCode code = refused.getMqttMessage().getReturnCode();
            boolean credentials = code == Mqtt3ConnAckReturnCode.NOT_AUTHORIZED
                    || code == Mqtt3ConnAckReturnCode.BAD_USER_NAME_OR_PASSWORD;
            return new MqttTrouble("the broker at " + address + " refuses the connection: " + words(code), credentials);
        }
        if (failure instanceof Mqtt5PubAckException refused) {
            Mqtt5PubAckReasonCode code = refused.getMqttMessage().getReasonCode();
            return new MqttTrouble(
                    "the broker at " + address + " does not take a message: " + words(code),
                    code == Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
        }
        if (failure instanceof MqttClientStateException) {
            return new MqttTrouble("the connection to " + address + " ended", false);
        }
        Optional<String> tls = TlsTrouble.reason(failure, address.toString());
        if (tls.isPresent()) {
            return new MqttTrouble(tls.get(), false);
        }
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof UnknownHostException) {
            return new MqttTrouble("the host of " + address + " is not known", false);
        }
        if (deepest instanceof ConnectException) {
            return new MqttTrouble("no connection to " + address, false);
        }
        return new MqttTrouble(
                "no connection to " + address + ": " + SafeText.of(String.valueOf(deepest.getMessage())), false);
    }

    private static String words(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Says goodbye. The broker publishes no will then, so this publishes what the will would say. */
    @Override
    public void close() {
        closed = true;
        goodbye();
    }

    private void goodbye() {
        session.filter(MqttSession::isConnected)
                .ifPresent(open -> will.ifPresent(last ->
                        briefly(open.publish(last.topic(), last.message().getBytes(UTF_8), true))));
        end();
    }

    private void end() {
        session.filter(MqttSession::isConnected).ifPresent(open -> briefly(open.disconnect()));
        session = Optional.empty();
    }

    /** Nobody waits long for a broker that is left anyway. */
    private void briefly(CompletableFuture<?> work) {
        try {
            work.get(GOODBYE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The connection to {} did not end cleanly.", address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
