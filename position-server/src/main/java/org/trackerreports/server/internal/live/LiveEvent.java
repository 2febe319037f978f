package org.trackerreports.server.internal.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.trackerreports.store.feed.FeedPlace;

/**
 * Something that happened, in the form of server-sent events. Made once for all streams.
 *
 * @param type what streams select by
 * @param text what a stream sends that is for trackers with these labels; empty for nothing
 */
record LiveEvent(FeedPlace place, Type type, Function<Map<String, String>, Optional<ByteBuffer>> text) {

    /** What streams select by. */
    enum Type {
        POSITION("position"),
        TRANSITION("transition"),
        TRACKER("tracker");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Optional<Type> of(String word) {
            return Arrays.stream(values())
                    .filter(type -> type.word.equals(word))
                    .findFirst();
        }
    }

    /** An event about a tracker with these labels. */
    static LiveEvent of(FeedPlace place, Type type, Map<String, String> labels, ObjectNode data) {
        ByteBuffer text = text(place, type, data);
        return new LiveEvent(
                place,
                type,
                wanted -> labels.entrySet().containsAll(wanted.entrySet()) ? Optional.of(text) : Optional.empty());
    }

    static ByteBuffer text(FeedPlace place, Type type, ObjectNode data) {
        return bytes("id: " + place + "\nevent: " + type.word() + "\ndata: " + data + "\n\n");
    }

    /** Tells a stream to load everything again. */
    static ByteBuffer reset(FeedPlace place) {
        return bytes("id: " + place + "\nevent: reset\ndata: {}\n\n");
    }

    /** The first lines of a stream. Its reader keeps the id although nothing is told yet. */
    static ByteBuffer begin(FeedPlace place) {
        return bytes("retry: 5000\nid: " + place + "\n\n");
    }

    /** Keeps a connection open. */
    static ByteBuffer comment() {
        return bytes(":\n\n");
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
}
