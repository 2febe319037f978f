package org.trackerreports.sinks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a webhook is signed with: a secret that the receiver has, too ({@code whsec_…}), or an Ed25519 key whose public part it has ({@code
 * whsk_…}). Source: Standard Webhooks 1.0.0, "signature scheme". Immutable; the text form hides it.
 */
public final class WebhookSecret {

    private static final String SYMMETRIC = "whsec_";
    private static final String ASYMMETRIC = "whsk_";
    private static final int FEWEST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int ED25519_BYTES = 32;
    private static final int BYTES_OF_A_NEW_ONE = 32;

    private final boolean symmetric;
    private final Key key;

    private WebhookSecret(boolean symmetric, Key key) {
        this.symmetric = symmetric;
        this.key = key;
    }

    /**
     * Reads a secret.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static WebhookSecret of(String text) {
        if (text.startsWith(SYMMETRIC)) {
            byte[] bytes = decoded(text.substring(SYMMETRIC.length()));
            if (bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException("a secret has 24 to 64 bytes, and this one has " + bytes.length);
            }
            return new WebhookSecret(true, new SecretKeySpec(bytes, "HmacSHA256"));
        }
        if (text.startsWith(ASYMMETRIC)) {
            byte[] bytes = decoded(text.substring(ASYMMETRIC.length()));
            // Some write the public key behind the private one.
            if (bytes.length != ED25519_BYTES && bytes.length != 2 * ED25519_BYTES) {
                throw new IllegalArgumentException("an Ed25519 key has 32 bytes, and this one has " + bytes.length);
            }
            return new WebhookSecret(false, privateKey(Arrays.copyOf(bytes, ED25519_BYTES)));
        }
        throw new IllegalArgumentException("a secret begins with whsec_ or whsk_, followed by base64");
    }

    /** A new {@code whsec_} secret, as text. */
    public static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES_OF_A_NEW_ONE];
        random.nextBytes(bytes);
        return SYMMETRIC + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what follows whsec_ or whsk_ is base64", e);
        }
    }

    private static PrivateKey privateKey(byte[] bytes) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("what follows whsk_ is not an Ed25519 key", e);
        }
    }

    /**
     * The signature of a message, as one entry of the header {@code webhook-signature}.
     *
     * @param timestamp seconds since 1970
     */
    String sign(String id, long timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + id.length() + 32);
        signed.writeBytes((id + "." + timestamp + ".").getBytes(UTF_8));
        signed.writeBytes(body);
        try {
            return (symmetric ? "v1," : "v1a,") + Base64.getEncoder().encodeToString(signature(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign webhooks", e);
        }
    }

    private byte[] signature(byte[] message) throws GeneralSecurityException {
        if (symmetric) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(message);
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign((PrivateKey) key);
        signature.update(message);
        return signature.sign();
    }

    @Override
    public String toString() {
        return "WebhookSecret[hidden]";
    }
}
