package org.trackerreports.findmy.login;

import java.util.Objects;

/**
 * The client that sign-in requests claim to come from ({@code X-Mme-Client-Info}).
 *
 * <p>Since September 2026 the sign-in service answers 503 to every client information that names Xcode; {@code com.apple.akd} works.
 * Model, system and program must fit together. Keep it configurable: this changes without notice. Source: the
 * discussions of FindMy.py #268, macless-haystack #245, AltStore PR 1790.
 *
 * @param signIn for sign-in and second factor
 * @param delegates for the delegates call
 */
public record ClientInfo(String signIn, String delegates) {

    /** A Mac, as of this version. */
    public static final ClientInfo DEFAULT = new ClientInfo(
            "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AuthKit/1 (com.apple.akd/1.0)>",
            "<MacBookPro18,3> <Mac OS X;13.4.1;22F8> <com.apple.AOSKit/282 (com.apple.accountsd/113)>");

    public ClientInfo {
        Objects.requireNonNull(signIn, "signIn");
        Objects.requireNonNull(delegates, "delegates");
    }
}
