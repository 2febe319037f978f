package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.trackerreports.findmy.file.TextFiles;

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

    /** The content as text in any usual encoding; empty if it has characters that no text has. */
    Optional<String> text() {
        String text = TextFiles.decode(content).toString();
        return NOT_IN_TEXT.matcher(text).find() ? Optional.empty() : Optional.of(text);
    }

    @Override
    public String toString() {
        return "Source[" + content.length + " bytes]";
    }
}
