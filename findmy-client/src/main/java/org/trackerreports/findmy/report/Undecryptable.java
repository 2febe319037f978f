package org.trackerreports.findmy.report;

/**
 * A report that could not be decrypted. Keep it: another key or a later version may decrypt it.
 *
 * @param encrypted the report as the service returned it
 * @param reason the kind of failure
 * @param detail what was expected and what was found; contains no secrets
 */
public record Undecryptable(EncryptedReport encrypted, Reason reason, String detail) implements DecryptionOutcome {

    /** Why a report cannot be decrypted. */
    public enum Reason {
        /** The payload is neither 88 nor 89 bytes long. */
        UNSUPPORTED_LENGTH,
        /** The ephemeral public key is not a point on the curve. */
        INVALID_POINT,
        /** The authentication tag does not match: the report belongs to another key, or is damaged. */
        AUTHENTICATION_FAILED,
        /** The private key for the report is not available. */
        NO_KEY
    }

    @Override
    public Kind kind() {
        return Kind.UNDECRYPTABLE;
    }
}
