package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.trackerreports.findmy.internal.ServerText;

/**
 * Receives text messages from a web socket, one at a time. One thread calls {@link #next}; the web socket's threads deliver.
 *
 * @see WebSocket.Listener
 */
final class ProvisioningConversation implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A normal message has a few kilobytes. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();

    /** A message, or the reason why there will be none. */
    private record Received(Optional<String> message, String end) {

        static Received message(String message) {
            return new Received(Optional.of(message), "");
        }

        static Received end(String reason) {
            return new Received(Optional.empty(), reason);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        message.append(data);
        if (message.length() > MAX_CHARACTERS) {
            received.add(Received.end("it sent a message of more than " + MAX_CHARACTERS + " characters"));
            socket.abort();
            return null;
        }
        if (last) {
            received.add(Received.message(message.toString()));
            message.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        received.add(Received.end("it closed the connection (" + statusCode + ")"));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        received.add(Received.end("the connection broke: " + ServerText.brief(String.valueOf(error.getMessage()))));
    }

    /** The next message. */
    JsonNode next(Duration timeout) throws AnisetteException {
        try {
            Received next = received.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw failed("it sent nothing for " + timeout.toSeconds() + " s");
            }
            if (next.message().isEmpty()) {
                throw failed(next.end());
            }
            return JSON.readTree(next.message().get());
        } catch (JsonProcessingException e) {
            throw failed("it did not send JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    /** Sends a message. If that fails, {@link #next} fails. */
    void send(WebSocket socket, Map<String, String> members) {
        CompletableFuture<WebSocket> unused = socket.sendText(
                        JSON.valueToTree(members).toString(), true)
                .whenComplete((sent, failure) -> {
                    if (failure != null) {
                        onError(socket, failure);
                    }
                });
    }

    static AnisetteException failed(String why) {
        return new AnisetteException("the anisette server did not provision a machine: " + why);
    }
}
