package org.trackerreports.findmy.internal;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Encodes passwords without leaving copies in memory. Stateless and thread-safe. */
public final class Utf8 {

    private Utf8() {}

    /**
     * A text in UTF-8.
     *
     * @param text the text; the caller wipes it
     * @return the bytes; the caller wipes them
     */
    public static byte[] bytes(char[] text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.ceil(text.length * encoder.maxBytesPerChar()));
        encoder.encode(CharBuffer.wrap(text), buffer, true);
        encoder.flush(buffer);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Arrays.fill(buffer.array(), (byte) 0);
        return bytes;
    }
}
