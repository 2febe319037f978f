package org.trackerreports.store.access;

import java.util.List;
import java.util.Optional;

/**
 * Tokens with which programs and people read over the network. A token is {@code trt_}, eight characters that identify it, {@code _}, and 32
 * random bytes in base64url. Of these bytes only the SHA-256 is stored: they are random, so nobody can guess them from it. Thread-safe.
 */
public interface AccessTokens {

    /** Makes a token. */
    AddTokenOutcome add(NewToken token);

    /** All tokens, by name. */
    List<AccessToken> list();

    /** Removes a token. Returns false if there is none with this name. */
    boolean remove(String name);

    /**
     * Whose text this is. Notes the use, at most once in a minute, if the role of the database may.
     *
     * @return empty if it is no token, a wrong one, or one that has ended
     */
    Optional<AccessToken> authenticate(String text);

    /** Whether there is any, also one that has ended. */
    boolean exist();
}
