package org.trackerreports.findmy.keyfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens entries of a zip that are locked with a code in WinZip's way (AES; AE-1 and AE-2), as OpenTagViewer's exporter does since August
 * 2026. Nothing but the JDK is needed for it. Sources: WinZip's "AES Encryption Information", OpenTagViewer {@code passcode.py}. Not
 * thread-safe.
 */
final class ZipLock {

    /** The method of an entry that is locked in this way. */
    static final int METHOD = 99;

    private static final int FIELD = 0x9901;
    private static final int FIELD_BYTES = 7;
    private static final int ROUNDS = 1_000;
    private static final int VERIFIER_BYTES = 2;
    private static final int TAG_BYTES = 10;
    private static final int BLOCK = 16;
    /** The version without a check sum of the content, which the tag replaces. */
    private static final int AE_2 = 2;

    /** What a locked entry says about itself. */
    private record Terms(int version, int strength, int method) {
        int keyBytes() {
            return 8 * (strength + 1);
        }

        int saltBytes() {
            return keyBytes() / 2;
        }
    }

    /** An entry without its lock. */
    record Opened(byte[] packed, int method, boolean hasChecksum) {
        @Override
        public String toString() {
            return "Opened[" + packed.length + " bytes]";
        }
    }

    private final List<String> codes;

    /** @param codes as people typed them; each is tried */
    ZipLock(Collection<String> codes) {
        // As the exporter understands a code, and as it is typed for a zip of any other program.
        Set<String> possible = new LinkedHashSet<>();
        for (String code : codes) {
            possible.add(exporterCode(code));
            possible.add(code);
        }
        this.codes = List.copyOf(possible);
    }

    /** The code in the exporter's one form: its alphabet has no I, L, O and U, and blanks and dashes only help to read it. */
    private static String exporterCode(String code) {
        return code.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s_-]", "")
                .replace('I', '1')
                .replace('L', '1')
                .replace('O', '0');
    }

    /** Whether an entry is locked in this way, and not in another one. */
    static boolean locks(ZipEntries.Item item) {
        return item.isEncrypted() && item.method() == METHOD && terms(item).isPresent();
    }

    private static Optional<Terms> terms(ZipEntries.Item item) {
        return ZipEntries.field(item.extra(), FIELD)
                .filter(field -> field.remaining() >= FIELD_BYTES)
                .map(field -> new Terms(field.getShort(0), field.get(4), Short.toUnsignedInt(field.getShort(5))))
                .filter(terms -> terms.strength() >= 1 && terms.strength() <= 3);
    }

    /** Whether a code is the right one, as far as an entry tells: one wrong code in 65,536 passes. */
    boolean fits(ZipEntries.Item item) {
        Optional<Terms> terms = terms(item);
        return terms.isPresent()
                && codes.stream().anyMatch(code -> keys(item, terms.get(), code).isPresent());
    }

    /** Opens an entry. */
    Opened open(ZipEntries.Item item) throws UnusableEntryException {
        Terms terms = terms(item).orElseThrow(() -> new UnusableEntryException(ZipReader.OTHER_LOCK));
        for (String code : codes) {
            Optional<byte[]> keys = keys(item, terms, code);
            if (keys.isPresent()) {
                return new Opened(decrypt(item, terms, keys.get()), terms.method(), terms.version() != AE_2);
            }
        }
        throw new UnusableEntryException(
                "the code does not open this zip; type it as the exporter showed it, such as" + " H4K2-9WMR-7TQX");
    }

    /** The key of the cipher, and behind it the key of the tag; empty if the code is wrong. */
    private static Optional<byte[]> keys(ZipEntries.Item item, Terms terms, String code) {
        int head = terms.saltBytes() + VERIFIER_BYTES;
        if (item.packed().length < head + TAG_BYTES || code.isEmpty()) {
            return Optional.empty();
        }
        byte[] salt = Arrays.copyOf(item.packed(), terms.saltBytes());
        try {
            KeySpec spec = new PBEKeySpec(
                    code.toCharArray(), salt, ROUNDS, (2 * terms.keyBytes() + VERIFIER_BYTES) * Byte.SIZE);
            byte[] all = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(spec)
                    .getEncoded();
            boolean fits = Arrays.equals(all, 2 * terms.keyBytes(), all.length, item.packed(), terms.saltBytes(), head);
            return fits ? Optional.of(Arrays.copyOf(all, 2 * terms.keyBytes())) : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2 with HMAC-SHA1", e);
        }
    }

    private static byte[] decrypt(ZipEntries.Item item, Terms terms, byte[] keys) throws UnusableEntryException {
        int from = terms.saltBytes() + VERIFIER_BYTES;
        int to = item.packed().length - TAG_BYTES;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(keys, terms.keyBytes(), terms.keyBytes(), "HmacSHA1"));
            mac.update(item.packed(), from, to - from);
            byte[] tag = Arrays.copyOf(mac.doFinal(), TAG_BYTES);
            if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(item.packed(), to, item.packed().length))) {
                throw new UnusableEntryException(
                        "this entry is damaged, or the code does not open it. Check the code, or export the zip again");
            }
            // Counter mode with a counter that begins with its lowest byte, which the JDK's does not.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys, 0, terms.keyBytes(), "AES"));
            byte[] plain = Arrays.copyOfRange(item.packed(), from, to);
            ByteBuffer counters = ByteBuffer.allocate((plain.length + BLOCK - 1) / BLOCK * BLOCK)
                    .order(ByteOrder.LITTLE_ENDIAN);
            for (long block = 1; counters.hasRemaining(); block++) {
                counters.putLong(block).putLong(0);
            }
            byte[] pad = cipher.doFinal(counters.array());
            for (int i = 0; i < plain.length; i++) {
                plain[i] ^= pad[i];
            }
            return plain;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES and HMAC-SHA1", e);
        } finally {
            Arrays.fill(keys, (byte) 0);
        }
    }
}
