package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;

/**
 * Checks the object table of a binary property list before the library builds the objects.
 *
 * <p>In a normal file each object has its own bytes, so all objects together are not larger than the file. In a hostile file thousands of
 * large objects share the same bytes, or shared lists are nested where the library computes hash codes (in sets, and in keys that are not
 * strings), which never ends. Both are refused. Source for the layout: Core Foundation {@code CFBinaryPList.c}.
 */
final class BinaryPlistGuard {

    private static final int HEADER = 8;
    private static final int TRAILER = 32;
    private static final int MAX_OBJECTS = 500_000;

    private final ByteBuffer bytes;
    private final int offsetSize;
    private final int referenceSize;
    private final long objects;
    private final long table;

    private BinaryPlistGuard(byte[] content) throws UnusableEntryException {
        bytes = ByteBuffer.wrap(content);
        require(content.length >= HEADER + 1 + TRAILER);
        int trailer = content.length - TRAILER;
        offsetSize = bytes.get(trailer + 6);
        referenceSize = bytes.get(trailer + 7);
        objects = bytes.getLong(trailer + 8);
        table = bytes.getLong(trailer + 24);
        require(offsetSize >= 1 && offsetSize <= 4 && referenceSize >= 1 && referenceSize <= 4);
        require(objects >= 1 && objects <= MAX_OBJECTS && table > HEADER && table <= trailer);
        require(table + objects * offsetSize <= trailer);
        long top = bytes.getLong(trailer + 16);
        require(top >= 0 && top < objects);
    }

    static void check(byte[] content) throws UnusableEntryException {
        BinaryPlistGuard guard = new BinaryPlistGuard(content);
        long total = 0;
        for (int object = 0; object < guard.objects; object++) {
            total += guard.sizeOf(object);
            require(total <= guard.table);
        }
    }

    private long sizeOf(int object) throws UnusableEntryException {
        int offset = offsetOf(object);
        int information = bytes.get(offset) & 0x0F;
        return switch (typeAt(offset)) {
            case 0x0 -> 1;
            case 0x1, 0x2 -> 1 + (1L << information);
            case 0x3 -> 9;
            case 0x8 -> 2 + information;
            case 0x4, 0x5, 0x7 -> 1 + length(offset);
            case 0x6 -> 1 + 2 * length(offset);
            case 0xA -> 1 + referenceSize * length(offset);
            case 0xD -> {
                requireTextKeys(offset);
                yield 1 + 2L * referenceSize * length(offset);
            }
            default -> throw damaged();
        };
    }

    private void requireTextKeys(int offset) throws UnusableEntryException {
        long length = length(offset);
        long keys = offset + 1L + lengthBytes(offset);
        require(keys + 2 * length * referenceSize <= table);
        for (int i = 0; i < length; i++) {
            long key = number((int) keys + i * referenceSize, referenceSize);
            require(key < objects);
            int type = typeAt(offsetOf((int) key));
            require(type >= 0x5 && type <= 0x7);
        }
    }

    private int offsetOf(int object) throws UnusableEntryException {
        long offset = number((int) table + object * offsetSize, offsetSize);
        require(offset >= HEADER && offset < table);
        return (int) offset;
    }

    private int typeAt(int offset) {
        return (bytes.get(offset) & 0xF0) >> 4;
    }

    /** The number of elements, characters or bytes of an object. */
    private long length(int offset) throws UnusableEntryException {
        int information = bytes.get(offset) & 0x0F;
        return information < 0xF ? information : number(offset + 2, lengthBytes(offset) - 1);
    }

    /** The size of the integer that holds a length of 15 or more, including its marker. */
    private int lengthBytes(int offset) throws UnusableEntryException {
        if ((bytes.get(offset) & 0x0F) < 0xF) {
            return 0;
        }
        int marker = bytes.get(offset + 1);
        require(marker >= 0x10 && marker <= 0x12);
        return 1 + (1 << (marker & 0x0F));
    }

    private long number(int at, int size) {
        long number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | bytes.get(at + i) & 0xFF;
        }
        return number;
    }

    private static void require(boolean condition) throws UnusableEntryException {
        if (!condition) {
            throw damaged();
        }
    }

    private static UnusableEntryException damaged() {
        return new UnusableEntryException("this binary property list is damaged or malicious; export the file again");
    }
}
