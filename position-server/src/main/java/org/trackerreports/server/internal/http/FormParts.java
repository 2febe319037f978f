package org.trackerreports.server.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.UploadedPart;

/** Takes a body of {@code multipart/form-data} (RFC 7578) apart. */
final class FormParts {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("(?i)[;\\s]filename=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_PARTS = 1_000;

    private FormParts() {}

    /** @throws ProblemException with status 400 if it is none */
    static List<UploadedPart> read(String contentType, byte[] body) {
        Matcher type = BOUNDARY.matcher(contentType);
        if (!type.matches()) {
            throw wrong();
        }
        String boundary = type.group(1) == null ? type.group(2) : type.group(1);
        byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // The first delimiter has no line before it.
        int next = startsWith(body, 0, Arrays.copyOfRange(delimiter, 2, delimiter.length))
                ? delimiter.length - 2
                : after(body, delimiter, 0);
        List<UploadedPart> parts = new ArrayList<>();
        while (!startsWith(body, next, new byte[] {'-', '-'})) {
            int content = after(body, END_OF_HEAD, next);
            int end = after(body, delimiter, content - 2) - delimiter.length;
            if (parts.size() == MOST_PARTS) {
                throw wrong();
            }
            String head = new String(body, next, content - next, StandardCharsets.UTF_8);
            // An empty content: the line end before the delimiter is the one that ends the head.
            parts.add(part(head, Arrays.copyOfRange(body, content, Math.max(content, end))));
            next = end + delimiter.length;
        }
        return parts;
    }

    private static UploadedPart part(String head, byte[] content) {
        Map<String, String> headers = new HashMap<>();
        head.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        String disposition = headers.getOrDefault("content-disposition", "");
        return new UploadedPart(
                quoted(NAME, disposition).orElseThrow(FormParts::wrong),
                quoted(FILE_NAME, disposition),
                Optional.ofNullable(headers.get("content-type")),
                content);
    }

    private static Optional<String> quoted(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        // Browsers write a quotation mark as %22 and a backslash as it is.
        return found.find() ? Optional.of(found.group(1).replace("%22", "\"")) : Optional.empty();
    }

    /** The place behind the next occurrence. */
    private static int after(byte[] body, byte[] wanted, int from) {
        for (int i = Math.max(0, from); i <= body.length - wanted.length; i++) {
            if (startsWith(body, i, wanted)) {
                return i + wanted.length;
            }
        }
        throw wrong();
    }

    private static boolean startsWith(byte[] body, int from, byte[] wanted) {
        return from + wanted.length <= body.length
                && Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static ProblemException wrong() {
        return ProblemException.badRequest("The body of the request must be a form (multipart/form-data).");
    }
}
