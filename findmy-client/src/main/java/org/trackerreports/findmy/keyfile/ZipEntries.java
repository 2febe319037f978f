package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The entries of a zip, one after the other as they are in the file, so that entries cannot share bytes and those before a damage can be
 * read. The directory at the end is only used for the sizes of entries whose own header does not say them. Source: PKWARE's APPNOTE.
 * Not thread-safe.
 */
final class ZipEntries {

    /** Where packed bytes are, and how to unpack them. */
    record Item(String name, int flags, int method, ByteBuffer extra, byte[] packed, boolean sizeKnown, long checksum) {

        boolean isEncrypted() {
            return (flags & ENCRYPTED) != 0;
        }

        @Override
        public String toString() {
            return "Item[" + packed.length + " bytes]";
        }
    }

    /** The zip is damaged where the next entry should be. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException() {
            super("this zip is damaged after this place; the entries before it are used. Export it again");
        }
    }

    static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    /** With or without its mark, with sizes of four or eight bytes. */
    private static final int[] DESCRIPTOR_BYTES = {16, 24, 12, 20};

    private static final int ENCRYPTED = 1;
    private static final int SIZE_FOLLOWS = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    private static final int ZIP_64 = 0x0001;
    private static final long UNKNOWN_32 = 0xFFFFFFFFL;
    private static final long UNKNOWN = -1;

    private record Sizes(long checksum, long packed) {}

    private final ByteBuffer zip;
    private final Map<Integer, Sizes> directory = new HashMap<>();
    private final boolean complete;
    private int at;

    ZipEntries(byte[] content) {
        zip = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        Optional<Integer> end = end();
        complete = end.isPresent();
        end.ifPresent(this::readDirectory);
    }

    /** Whether the directory is there, which comes last. */
    boolean isComplete() {
        return complete;
    }

    /** The next entry; empty after the last one. */
    Optional<Item> next() throws DamagedException {
        if (zip.limit() - at < Integer.BYTES || zip.getInt(at) != LOCAL) {
            if (at > zip.limit() - Integer.BYTES ? !complete : isAfterLast(zip.getInt(at))) {
                return Optional.empty();
            }
            throw new DamagedException();
        }
        if (zip.limit() - at < LOCAL_BYTES) {
            throw new DamagedException();
        }
        int start = at;
        int flags = unsignedShort(start + 6);
        int nameAt = start + LOCAL_BYTES;
        int extraAt = nameAt + unsignedShort(start + 26);
        int dataAt = extraAt + unsignedShort(start + 28);
        if (dataAt > zip.limit()) {
            throw new DamagedException();
        }
        ByteBuffer extra = zip.slice(extraAt, dataAt - extraAt)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asReadOnlyBuffer();
        extra.order(ByteOrder.LITTLE_ENDIAN);
        Sizes sizes = sizes(start, flags, extra);
        int end = end(dataAt, sizes);
        String name = name(flags, Arrays.copyOfRange(zip.array(), nameAt, extraAt));
        at = end;
        if ((flags & SIZE_FOLLOWS) != 0 && sizes.packed() != UNKNOWN) {
            skipDescriptor();
        }
        return Optional.of(new Item(
                name,
                flags,
                unsignedShort(start + 8),
                extra,
                Arrays.copyOfRange(zip.array(), dataAt, end),
                sizes.packed() != UNKNOWN,
                sizes.checksum()));
    }

    /** Goes on after an entry whose size was found out by unpacking it. */
    void wentOn(Item item, int packedBytes) {
        at -= item.packed().length - packedBytes;
        skipDescriptor();
    }

    private int end(int dataAt, Sizes sizes) throws DamagedException {
        if (sizes.packed() == UNKNOWN) {
            return zip.limit();
        }
        if (sizes.packed() < 0 || sizes.packed() > zip.limit() - dataAt) {
            throw new DamagedException();
        }
        return dataAt + (int) sizes.packed();
    }

    private Sizes sizes(int start, int flags, ByteBuffer extra) {
        if ((flags & SIZE_FOLLOWS) != 0) {
            return directory.getOrDefault(start, new Sizes(UNKNOWN, UNKNOWN));
        }
        long packed = unsignedInt(start + 18);
        long size = unsignedInt(start + 22);
        return new Sizes(unsignedInt(start + 14), packed == UNKNOWN_32 ? packed64(extra, size) : packed);
    }

    /** The packed size in a field of 64 bits; the other size comes first, if it is there. */
    private static long packed64(ByteBuffer extra, long size) {
        return field(extra, ZIP_64)
                .map(field -> {
                    int place = size == UNKNOWN_32 ? Long.BYTES : 0;
                    return field.remaining() >= place + Long.BYTES ? field.getLong(place) : Long.MAX_VALUE;
                })
                .orElse(Long.MAX_VALUE);
    }

    /** A field among the additional ones of an entry. */
    static Optional<ByteBuffer> field(ByteBuffer extra, int id) {
        int place = 0;
        while (place + 4 <= extra.limit()) {
            int length = Short.toUnsignedInt(extra.getShort(place + 2));
            if (place + 4 + length > extra.limit()) {
                return Optional.empty();
            }
            if (Short.toUnsignedInt(extra.getShort(place)) == id) {
                return Optional.of(extra.slice(place + 4, length).order(ByteOrder.LITTLE_ENDIAN));
            }
            place += 4 + length;
        }
        return Optional.empty();
    }

    /** UTF-8 if the entry says so or if it can be; otherwise the character set of MS-DOS, which Windows still writes. */
    private static String name(int flags, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            boolean old = (flags & UTF_8) == 0 && Charset.isSupported("IBM437");
            return new String(bytes, old ? Charset.forName("IBM437") : StandardCharsets.ISO_8859_1);
        }
    }

    private void skipDescriptor() {
        for (int bytes : DESCRIPTOR_BYTES) {
            boolean marked = bytes % 8 == 0;
            int after = at + bytes;
            if (after <= zip.limit()
                    && (!marked || zip.getInt(at) == DESCRIPTOR)
                    && (after + Integer.BYTES <= zip.limit()
                            ? zip.getInt(after) == LOCAL || isAfterLast(zip.getInt(after))
                            : after == zip.limit())) {
                at = after;
                return;
            }
        }
    }

    private static boolean isAfterLast(int mark) {
        return mark == CENTRAL || mark == END || mark == END_64;
    }

    private Optional<Integer> end() {
        // At most 18 more bytes and a comment of 65,535 bytes follow the mark.
        for (int place = zip.limit() - END_BYTES; place >= Math.max(0, zip.limit() - END_BYTES - 0xFFFF); place--) {
            if (zip.getInt(place) == END) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private void readDirectory(int end) {
        long place = unsignedInt(end + 16);
        while (place + CENTRAL_BYTES <= end && zip.getInt((int) place) == CENTRAL) {
            int entry = (int) place;
            int extraAt = entry + CENTRAL_BYTES + unsignedShort(entry + 28);
            int extraBytes = unsignedShort(entry + 30);
            if (extraAt + extraBytes > end) {
                return;
            }
            long packed = unsignedInt(entry + 20);
            ByteBuffer extra = zip.slice(extraAt, extraBytes).order(ByteOrder.LITTLE_ENDIAN);
            directory.put(
                    (int) unsignedInt(entry + 42),
                    new Sizes(
                            unsignedInt(entry + 16),
                            packed == UNKNOWN_32 ? packed64(extra, unsignedInt(entry + 24)) : packed));
            place = (long) extraAt + extraBytes + unsignedShort(entry + 32);
        }
    }

    private int unsignedShort(int place) {
        return Short.toUnsignedInt(zip.getShort(place));
    }

    private long unsignedInt(int place) {
        return Integer.toUnsignedLong(zip.getInt(place));
    }
}
