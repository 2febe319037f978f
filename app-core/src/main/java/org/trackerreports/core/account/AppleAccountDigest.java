package org.trackerreports.core.account;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.trackerreports.core.Sha256;
import org.trackerreports.findmy.login.AppleIds;
import org.trackerreports.findmy.login.Session;

/**
 * What names an Apple account where its requests are counted. It follows from the account alone: not from its alias here, nor from the
 * file or the process that uses it. It tells neither the account's number nor its name.
 *
 * @param value 32 hexadecimal digits
 */
public record AppleAccountDigest(String value) {

    private static final int BYTES = 16;

    /** Of the account that a session belongs to. */
    public static AppleAccountDigest of(Session session) {
        return digest("dsid:" + session.dsid());
    }

    /** Of an account that has not signed in yet; its number is not known before. */
    public static AppleAccountDigest ofName(String appleId) {
        return digest("name:" + AppleIds.withoutBlanks(appleId).toLowerCase(Locale.ROOT));
    }

    private static AppleAccountDigest digest(String text) {
        byte[] digest = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return new AppleAccountDigest(HexFormat.of().formatHex(digest, 0, BYTES));
    }
}
