package org.trackerreports.tools.map;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes JSON so that it can stand inside a script element: characters that could end the element or begin a comment are escaped. In JSON
 * they occur only inside strings, where the escape means the same.
 */
final class ScriptSafeWriter extends FilterWriter {

    private static final String UNSAFE = "<>&\u2028\u2029";

    ScriptSafeWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        if (UNSAFE.indexOf(character) >= 0) {
            out.write(String.format(Locale.ROOT, "\\u%04x", character));
        } else {
            out.write(character);
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        for (int index = offset; index < offset + length; index++) {
            write(text[index]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int index = offset; index < offset + length; index++) {
            write(text.charAt(index));
        }
    }
}
