package org.trackerreports.findmy.anisette;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Text messages from a web socket, one at a time. One thread asks; the web socket's own deliver.
 *
 * @see WebSocket.Listener
 */
final class ProvisioningConversation implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest message of a good server has some kilobytes. */
    private static final int MAX_CHARACTERS = 1 << 20;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();

    /** A message, or why there will be none. */
    private record Heard(String message, String end) {}

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        message.append(data);
        if (message.length() > MAX_CHARACTERS) {
            heard.add(new Heard(null, "it sent a message of more than " + MAX_CHARACTERS + " characters"));
            socket.abort();
            return null;
        }
        if (last) {
            heard.add(new Heard(message.toString(), null));
            message.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
        heard.add(new Heard(null, "it ended the conversation (" + statusCode + ")"));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        heard.add(new Heard(null, "the connection broke: " + error.getMessage()));
    }

    /** The next message. */
    JsonNode next(Duration patience) throws AnisetteException {
        try {
            Heard next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw failed("it said nothing for " + patience.toSeconds() + " s");
            }
            if (next.message() == null) {
                throw failed(next.end());
            }
            return JSON.readTree(next.message());
        } catch (JsonProcessingException e) {
            throw failed("it did not speak JSON");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("this side was interrupted");
        }
    }

    static void say(WebSocket socket, Map<String, String> members) {
        socket.sendText(JSON.valueToTree(members).toString(), true);
    }

    static AnisetteException failed(String why) {
        return new AnisetteException("the anisette server did not provision a machine: " + why);
    }
}
