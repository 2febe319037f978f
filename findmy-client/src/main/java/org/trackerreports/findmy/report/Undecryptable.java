package org.trackerreports.findmy.report;

/**
 * A report that could not be decrypted. It is worth keeping: another key or a later version may read it.
 *
 * @param encrypted the report as it came
 * @param reason the kind of failure
 * @param detail what was found and what was expected, without any secret
 */
public record Undecryptable(EncryptedReport encrypted, Reason reason, String detail) implements DecryptionOutcome {

    /** Why a report cannot be decrypted. */
    public enum Reason {
        /** The payload is neither 88 nor 89 bytes long. */
        UNSUPPORTED_LENGTH,
        /** The ephemeral public key is not a point on the curve. */
        INVALID_POINT,
        /** The authentication tag does not fit: another key's report, or a damaged one. */
        AUTHENTICATION_FAILED,
        /** Nobody has the private key for the report's key. */
        NO_KEY
    }
}
