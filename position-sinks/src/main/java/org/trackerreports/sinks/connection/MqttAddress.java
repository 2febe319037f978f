package org.trackerreports.sinks.connection;

import java.net.URI;
import java.security.KeyStore;
import java.util.Objects;
import java.util.Optional;

/**
 * An MQTT broker. The text form contains only host and port.
 *
 * @param port 1 to 65535
 * @param tls whether the connection is encrypted
 * @param credentials of the broker
 * @param trusted certificates to trust instead of those of Java, with TLS
 * @param clientId what the broker knows this connection by: a second one with the same id ends the first
 */
public record MqttAddress(
        String host,
        int port,
        boolean tls,
        Optional<Credentials> credentials,
        Optional<KeyStore> trusted,
        String clientId) {

    private static final int PLAIN_PORT = 1883;
    private static final int TLS_PORT = 8883;

    public MqttAddress {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(trusted, "trusted");
        Objects.requireNonNull(clientId, "clientId");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535");
        }
    }

    /**
     * Reads {@code mqtt://HOST:PORT} or {@code mqtts://HOST:PORT}; the ports are 1883 and 8883 if they are not given.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static MqttAddress of(URI url) {
        boolean tls = "mqtts".equalsIgnoreCase(url.getScheme());
        boolean plainPath = url.getRawPath() == null
                || url.getRawPath().isEmpty()
                || url.getRawPath().equals("/");
        if (!tls && !"mqtt".equalsIgnoreCase(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || !plainPath) {
            throw new IllegalArgumentException("a broker is mqtt://HOST:PORT or mqtts://HOST:PORT, without a user");
        }
        int port = url.getPort() >= 0 ? url.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return new MqttAddress(url.getHost(), port, tls, Optional.empty(), Optional.empty(), "trackerreports");
    }

    public MqttAddress withCredentials(Credentials user) {
        return new MqttAddress(host, port, tls, Optional.of(user), trusted, clientId);
    }

    public MqttAddress withTrusted(KeyStore certificates) {
        return new MqttAddress(host, port, tls, credentials, Optional.of(certificates), clientId);
    }

    public MqttAddress withClientId(String id) {
        return new MqttAddress(host, port, tls, credentials, trusted, id);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
