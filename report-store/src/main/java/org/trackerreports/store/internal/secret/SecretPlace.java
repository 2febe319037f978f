package org.trackerreports.store.internal.secret;

/** Names the column and row that a secret belongs to. The encryption binds the secret to this name, so it must never change. */
public final class SecretPlace {

    private SecretPlace() {}

    public static String trackerKeys(long trackerId) {
        return "trackers.key_material of id " + trackerId;
    }

    public static String session(long accountId) {
        return "accounts.session of id " + accountId;
    }

    public static String password(long accountId) {
        return "accounts.password of id " + accountId;
    }
}
