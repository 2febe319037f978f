package org.trackerreports.findmy.login;

import java.time.Instant;
import java.util.Objects;
import org.trackerreports.findmy.anisette.DeviceIdentity;

/**
 * What asking for reports needs: the account's number and its search-party token. Lives for months; the service ends it with a 401.
 * Immutable; the token is secret and hidden by {@code toString}.
 *
 * @param accountName the account's name, for a new sign-in
 * @param dsid the account's number at the service
 * @param searchPartyToken the token; secret
 * @param identity who this program claims to be
 * @param machineFingerprint the anisette machine that signed in; a session goes with its machine
 * @param created when it began
 */
public record Session(
        String accountName,
        String dsid,
        String searchPartyToken,
        DeviceIdentity identity,
        String machineFingerprint,
        Instant created) {

    public Session {
        Objects.requireNonNull(accountName, "accountName");
        Objects.requireNonNull(dsid, "dsid");
        Objects.requireNonNull(searchPartyToken, "searchPartyToken");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(machineFingerprint, "machineFingerprint");
        Objects.requireNonNull(created, "created");
    }

    @Override
    public String toString() {
        return "Session[created=" + created + ", machine=" + machineFingerprint + "]";
    }
}
