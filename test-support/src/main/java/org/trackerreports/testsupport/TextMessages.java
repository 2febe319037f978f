package org.trackerreports.testsupport;

import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a web socket's text messages together. For one connection. */
public final class TextMessages implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();
    private final Consumer<String> receiver;

    /** @param receiver gets each complete message */
    public TextMessages(Consumer<String> receiver) {
        this.receiver = receiver;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            receiver.accept(text.toString());
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }
}
