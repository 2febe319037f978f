package org.trackerreports.findmy.keyfile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes binary property lists that no honest writer makes. The first object is the root; offsets and references have four bytes. */
final class BinaryPlistBuilder {

    private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    BinaryPlistBuilder() {
        write("bplist00".getBytes(StandardCharsets.US_ASCII));
    }

    /** An object of up to 14 references: 0xA0 a list, 0xC0 a set, 0xD0 a dictionary (keys, then values). */
    BinaryPlistBuilder references(int type, int length, int... references) {
        offsets.add(objects.size());
        objects.write(type | length);
        for (int reference : references) {
            write(ByteBuffer.allocate(4).putInt(reference).array());
        }
        return this;
    }

    BinaryPlistBuilder text(String text) {
        offsets.add(objects.size());
        objects.write(0x50 | text.length());
        write(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** Data with a length of four bytes, which need not be true. */
    BinaryPlistBuilder data(int claimed, byte[] bytes) {
        offsets.add(objects.size());
        write(new byte[] {0x4F, 0x12});
        write(ByteBuffer.allocate(4).putInt(claimed).array());
        write(bytes);
        return this;
    }

    /** One more object that lies where the last one lies. */
    BinaryPlistBuilder sameAgain() {
        offsets.add(offsets.get(offsets.size() - 1));
        return this;
    }

    byte[] build() {
        ByteBuffer built = ByteBuffer.allocate(objects.size() + 4 * offsets.size() + 32);
        built.put(objects.toByteArray());
        offsets.forEach(built::putInt);
        built.put(new byte[6]).put((byte) 4).put((byte) 4);
        return built.putLong(offsets.size()).putLong(0).putLong(objects.size()).array();
    }

    private void write(byte[] bytes) {
        objects.write(bytes, 0, bytes.length);
    }
}
