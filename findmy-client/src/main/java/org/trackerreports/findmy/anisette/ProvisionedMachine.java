package org.trackerreports.findmy.anisette;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/**
 * A machine that the caller owns, for anisette servers with the v3 interface. Store it, so that the account recognises the machine.
 * Immutable; {@code toString} hides the provisioning data.
 *
 * @param identifier a random identifier
 * @param provisioningData {@code adi_pb}, base64, from the server; secret
 */
public record ProvisionedMachine(UUID identifier, String provisioningData) {

    public ProvisionedMachine {
        Objects.requireNonNull(identifier, "identifier");
        if (provisioningData.isBlank()) {
            throw new IllegalArgumentException("the provisioning data is blank");
        }
    }

    String identifierBase64() {
        return base64(identifier);
    }

    static String base64(UUID identifier) {
        return Base64.getEncoder().encodeToString(bytes(identifier));
    }

    static byte[] bytes(UUID identifier) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(identifier.getMostSignificantBits())
                .putLong(identifier.getLeastSignificantBits())
                .array();
    }

    @Override
    public String toString() {
        return "ProvisionedMachine[hidden]";
    }
}
