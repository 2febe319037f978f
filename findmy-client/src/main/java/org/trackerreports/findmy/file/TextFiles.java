package org.trackerreports.findmy.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads small texts that people and other programs wrote, in whatever encoding: UTF-8, UTF-16 and UTF-32 with or without byte order mark,
 * and Windows' and Unix' encodings of Western Europe. Stateless and thread-safe.
 */
public final class TextFiles {

    /** The maximum size of a file with a password, a code, a key or a configuration, in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private TextFiles() {}

    private record Encoding(Charset charset, int markBytes) {}

    /**
     * Reads a whole file, unless it is too large. Works for pipes and devices, whose size is not known.
     *
     * @param file the file
     * @param maxBytes the most that is read
     * @return the content
     * @throws IOException if the file cannot be read, or is larger; the message is for the user
     */
    public static byte[] readBytes(Path file, int maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            if (content.length > maxBytes) {
                throw new IOException("it has more than " + maxBytes + " bytes; expected a smaller file");
            }
            return content;
        }
    }

    /**
     * Reads a text of at most {@link #MAX_BYTES}.
     *
     * @param file the file
     * @return the text, without a byte order mark
     * @throws IOException if the file cannot be read, or is larger; the message is for the user
     */
    public static String read(Path file) throws IOException {
        return decode(readBytes(file, MAX_BYTES)).toString();
    }

    /**
     * Opens a text of any length, without a byte order mark. A file that is no regular one, such as a pipe, must be UTF-8.
     *
     * @param file the file
     * @return the characters; close it
     * @throws IOException if the file cannot be read
     */
    public static BufferedReader open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Files.newBufferedReader(file);
        }
        Encoding encoding;
        try (InputStream in = Files.newInputStream(file)) {
            encoding = encodingOf(in.readNBytes(4));
        }
        Charset charset = encoding.charset();
        if (charset.equals(StandardCharsets.UTF_8) && !isUtf8(file)) {
            charset = western();
        }
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(encoding.markBytes());
        return new BufferedReader(new InputStreamReader(in, charset));
    }

    private static boolean isUtf8(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            reader.transferTo(Writer.nullWriter());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * Decodes a text.
     *
     * @param content the whole file
     * @return the text, without a byte order mark
     */
    public static CharBuffer decode(byte[] content) {
        Encoding encoding = encodingOf(content);
        ByteBuffer bytes = ByteBuffer.wrap(content, encoding.markBytes(), content.length - encoding.markBytes());
        try {
            return encoding.charset().newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            bytes.position(encoding.markBytes());
            return western().decode(bytes);
        }
    }

    private static Charset western() {
        return Charset.isSupported("windows-1252") ? Charset.forName("windows-1252") : StandardCharsets.ISO_8859_1;
    }

    private static Encoding encodingOf(byte[] content) {
        if (startsWith(content, 0xEF, 0xBB, 0xBF)) {
            return new Encoding(StandardCharsets.UTF_8, 3);
        }
        if (startsWith(content, 0xFF, 0xFE, 0, 0)) {
            return new Encoding(UTF_32LE, 4);
        }
        if (startsWith(content, 0, 0, 0xFE, 0xFF)) {
            return new Encoding(UTF_32BE, 4);
        }
        if (startsWith(content, 0xFE, 0xFF)) {
            return new Encoding(StandardCharsets.UTF_16BE, 2);
        }
        if (startsWith(content, 0xFF, 0xFE)) {
            return new Encoding(StandardCharsets.UTF_16LE, 2);
        }
        // Without a mark: the texts begin with ASCII characters, and no text in UTF-8 has zeros.
        if (content.length >= 4 && content.length % 2 == 0) {
            if (content[0] == 0 && content[1] != 0 && content[2] == 0 && content[3] != 0) {
                return new Encoding(StandardCharsets.UTF_16BE, 0);
            }
            if (content[0] != 0 && content[1] == 0 && content[2] != 0 && content[3] == 0) {
                return new Encoding(StandardCharsets.UTF_16LE, 0);
            }
        }
        return new Encoding(StandardCharsets.UTF_8, 0);
    }

    private static boolean startsWith(byte[] content, int... mark) {
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
}
