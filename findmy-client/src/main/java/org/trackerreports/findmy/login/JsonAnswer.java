package org.trackerreports.findmy.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.ServerText;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;

/**
 * An answer of the second factor. The service sends the same members as JSON or within script elements of an HTML page, at several
 * levels, whatever was asked for; so they are looked for at every level. Source: section 4.9 of the protocol page; the pages that
 * icloudpd and fastlane read ({@code direct.twoSV.phoneNumberVerification}).
 *
 * @param roots the JSON documents of the answer; empty if there are none
 */
record JsonAnswer(List<JsonNode> roots) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NO_TEXT = "no further text";

    /**
     * What the service says went wrong.
     *
     * @param code the service's own number; 0 if there is none
     * @param message the service's own text
     */
    record ServiceError(long code, String message) {}

    static JsonAnswer of(HttpAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        List<JsonNode> roots = new ArrayList<>();
        if (text.stripLeading().startsWith("<")) {
            ScriptElements.in(text, "boot_args").forEach(script -> parse(script).ifPresent(roots::add));
        } else {
            parse(text).ifPresent(roots::add);
        }
        return new JsonAnswer(List.copyOf(roots));
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the answer could be read at all. */
    boolean readable() {
        return !roots.isEmpty();
    }

    /** The first error that is listed at any level, in either spelling. */
    Optional<ServiceError> error() {
        Optional<ServiceError> listed = Stream.of(
                        "serviceErrors", "service_errors", "validationErrors", "validation_errors")
                .flatMap(this::values)
                .flatMap(list -> list.isArray() ? Stream.of(list.path(0)) : Stream.of(list))
                .filter(JsonNode::isObject)
                .map(error -> new ServiceError(error.path("code").asLong(), message(error)))
                .findFirst();
        return listed.or(() -> isTrue("hasError") ? Optional.of(new ServiceError(0, NO_TEXT)) : Optional.empty());
    }

    private static String message(JsonNode error) {
        return Stream.of("message", "title")
                .map(member -> error.path(member).asText())
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(ServerText::brief)
                .orElse(NO_TEXT);
    }

    /** Whether the answer says that the code that was entered is not valid. */
    boolean codeIsInvalid() {
        return values("securityCode")
                .anyMatch(code ->
                        code.path("valid").isBoolean() && !code.path("valid").asBoolean());
    }

    /** Whether the answer says that no more codes are sent or taken. */
    boolean tooManyCodes() {
        return isTrue("tooManyCodesSent")
                || isTrue("tooManyCodesValidated")
                || isTrue("securityCodeLocked")
                || isTrue("securityCodeCooldown");
    }

    /** Whether the answer says that no device can show a code. */
    boolean hasNoDevices() {
        return isTrue("noTrustedDevices")
                || values("hasTrustedDevices").anyMatch(value -> value.isBoolean() && !value.asBoolean());
    }

    /** The trusted phone numbers, in the service's order; each once. */
    List<Sms> phones() {
        List<Sms> phones = new ArrayList<>();
        Stream.of("trustedPhoneNumbers", "trustedPhoneNumber")
                .flatMap(this::values)
                .flatMap(found -> found instanceof ArrayNode list ? list.valueStream() : Stream.of(found))
                .forEach(number -> phone(number)
                        .filter(phone -> phones.stream().noneMatch(known -> known.phoneId() == phone.phoneId()))
                        .ifPresent(phones::add));
        return phones;
    }

    private static Optional<Sms> phone(JsonNode number) {
        // Numbers also come as text.
        int id = number.path("id").asInt(-1);
        if (id < 0) {
            return Optional.empty();
        }
        String end = number.path("lastTwoDigits").asText();
        String shown = Stream.of("numberWithDialCode", "obfuscatedNumber")
                .map(member -> number.path(member).asText())
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(end.isEmpty() ? "your phone" : "the number that ends in " + end);
        return Optional.of(new Sms(id, ServerText.brief(shown)));
    }

    private boolean isTrue(String member) {
        return values(member).anyMatch(JsonNode::asBoolean);
    }

    private Stream<JsonNode> values(String member) {
        return roots.stream().flatMap(root -> root.findValues(member).stream());
    }
}
