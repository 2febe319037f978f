package org.trackerreports.findmy.key;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.trackerreports.findmy.internal.Digests;
import org.trackerreports.findmy.p224.P224;

/**
 * The key that a tracker broadcasts: the X coordinate of its public key on P-224, 28 bytes. Immutable and thread-safe.
 *
 * <p>Source for its place in a Bluetooth advertisement: OpenHaystack's firmware; FindMy.py {@code keys.py} and {@code scanner.py}.
 */
public final class AdvertisementKey {

    /** The length of the key in bytes. */
    public static final int BYTES = P224.SCALAR_BYTES;

    private final byte[] bytes;

    private AdvertisementKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The key with these bytes.
     *
     * @param bytes 28 bytes; copied
     * @return the key
     * @throws IllegalArgumentException if there are not 28 bytes
     */
    public static AdvertisementKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an advertisement key has 28 bytes, found " + bytes.length);
        }
        return new AdvertisementKey(bytes.clone());
    }

    /** A copy of the 28 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The 28 bytes as standard base64, 40 characters. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The id of this key at the report service. */
    public HashedAdvertisementKey hashed() {
        return new HashedAdvertisementKey(Base64.getEncoder().encodeToString(Digests.sha256(bytes)));
    }

    /** The Bluetooth address that a tracker with this key uses, such as {@code E2:48:02:D6:CE:17}: a random static address. */
    public String macAddress() {
        byte[] address = Arrays.copyOf(bytes, 6);
        address[0] |= (byte) 0xC0;
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(address);
    }

    /**
     * The 31 bytes that a separated tracker advertises with this key.
     *
     * @param status the status byte, 0 … 255
     * @param hint the last byte, 0 … 255; 0 for self-made trackers
     * @return the advertisement
     * @throws IllegalArgumentException if status or hint is not one byte
     */
    public byte[] advertisement(int status, int hint) {
        byte[] data = new byte[31];
        byte[] head = {0x1E, (byte) 0xFF, 0x4C, 0x00, 0x12, 0x19};
        System.arraycopy(head, 0, data, 0, head.length);
        data[6] = (byte) checkByte("status", status);
        System.arraycopy(bytes, 6, data, 7, BYTES - 6);
        data[29] = (byte) ((bytes[0] & 0xFF) >> 6);
        data[30] = (byte) checkByte("hint", hint);
        return data;
    }

    private static int checkByte(String name, int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException(name + " is one byte, 0 … 255, found " + value);
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdvertisementKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Shows the hashed key, which identifies the key everywhere else. */
    @Override
    public String toString() {
        return "AdvertisementKey[hashed " + hashed() + "]";
    }
}
