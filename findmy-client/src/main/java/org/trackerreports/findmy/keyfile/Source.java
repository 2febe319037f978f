package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One file to read.
 *
 * @param name the name, with or without folders; used in messages, and for trackers without a name
 * @param content the whole content
 */
record Source(String name, byte[] content) {

    /** The maximum size of a file, and of all files in a zip together, in bytes. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final Pattern NOT_IN_TEXT = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r\\f]]");

    boolean startsWith(String ascii) {
        byte[] head = ascii.getBytes(StandardCharsets.US_ASCII);
        return content.length >= head.length
                && ByteBuffer.wrap(content, 0, head.length).equals(ByteBuffer.wrap(head));
    }

    /** The content as text, if it is UTF-8, or UTF-16 with a byte order mark, which some editors write; otherwise empty. */
    Optional<String> text() {
        Charset charset = StandardCharsets.UTF_8;
        int skip = 0;
        if (hasMark(0xEF, 0xBB, 0xBF)) {
            skip = 3;
        } else if (hasMark(0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            skip = 2;
        } else if (hasMark(0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            skip = 2;
        }
        try {
            String text = charset.newDecoder()
                    .decode(ByteBuffer.wrap(content, skip, content.length - skip))
                    .toString();
            return NOT_IN_TEXT.matcher(text).find() ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private boolean hasMark(int... mark) {
        if (content.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((content[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "Source[" + content.length + " bytes]";
    }
}
