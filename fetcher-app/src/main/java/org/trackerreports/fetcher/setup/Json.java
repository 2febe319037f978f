package org.trackerreports.fetcher.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.diagnosis.Advice;
import org.trackerreports.server.route.ProblemException;

/** What the answers of the set-up are made of, and what its requests have. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static @Nullable String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    /** Adds what to do: a word for programs, and words for people. */
    static ObjectNode put(ObjectNode json, Advice advice) {
        return json.put("next_step", advice.words())
                .put("action", advice.action().word())
                .put("action_account", advice.account().orElse(null));
    }

    /**
     * A text of a request, which is not empty.
     *
     * @throws ProblemException if there is none
     */
    static String text(ObjectNode request, String field) {
        return optionalText(request, field)
                .orElseThrow(() -> ProblemException.badRequest("The request has no " + field + "; expected a text."));
    }

    static Optional<String> optionalText(ObjectNode request, String field) {
        return Optional.ofNullable(request.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
    }

    static boolean flag(ObjectNode request, String field) {
        return request.path(field).asBoolean(false);
    }
}
