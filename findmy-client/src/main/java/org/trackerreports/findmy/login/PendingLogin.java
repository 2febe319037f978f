package org.trackerreports.findmy.login;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.findmy.anisette.DeviceIdentity;

/**
 * A sign-in that waits for a verification code. It can be stored ({@link SessionCodec}) and continued hours later by another process.
 * Immutable; holds a token, which {@code toString} hides.
 *
 * @param accountName the account's name
 * @param identity the device that this program claims to be; must stay the same until the sign-in ends
 * @param identityToken the service's proof that name and password were right; secret
 * @param methods the ways to get a code, the service's preferred way first; never empty
 * @param codeSentBy the way by which a code was sent already, if any
 */
public record PendingLogin(
        String accountName,
        DeviceIdentity identity,
        String identityToken,
        List<SecondFactorMethod> methods,
        Optional<SecondFactorMethod> codeSentBy) {

    public PendingLogin {
        Objects.requireNonNull(accountName, "accountName");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(identityToken, "identityToken");
        methods = List.copyOf(methods);
    }

    /** The same sign-in with a code sent. */
    PendingLogin withCodeSentBy(SecondFactorMethod method) {
        return new PendingLogin(accountName, identity, identityToken, methods, Optional.of(method));
    }

    @Override
    public String toString() {
        return "PendingLogin[methods=" + methods + ", codeSentBy=" + codeSentBy + "]";
    }
}
