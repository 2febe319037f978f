package org.trackerreports.store.account;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * An account that asks for reports. Immutable; the {@code with…} methods return copies.
 *
 * @param id 0 for an account that was never saved
 * @param alias unique, 1 to 200 characters; the only name of the account in logs and metrics
 * @param state the state when the account was saved; {@link #stateAt} takes the end of a cool-down into account
 * @param session opaque to the store, stored encrypted
 * @param password stored encrypted; absent if the owner logs in by hand
 * @param machineIdentity the identity that the session is bound to
 * @param coolDownUntil no request may be made before this time
 * @param lastError one line without secrets
 * @param version number of saves; {@link Accounts#save} refuses an account with an old version
 */
public record Account(
        long id,
        String alias,
        AccountState state,
        Optional<Secret> session,
        Optional<Secret> password,
        Optional<String> machineIdentity,
        Optional<Instant> coolDownUntil,
        Optional<String> lastError,
        long version) {

    public Account {
        if (!isAlias(alias)) {
            throw new IllegalArgumentException("an account's alias must have 1 to 200 characters");
        }
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(machineIdentity, "machineIdentity");
        Objects.requireNonNull(coolDownUntil, "coolDownUntil");
        Objects.requireNonNull(lastError, "lastError");
    }

    /** Whether a text can be the alias of an account. */
    public static boolean isAlias(String text) {
        return !text.isBlank() && text.length() <= 200;
    }

    /** An account that never logged in and is not stored yet. */
    public static Account create(String alias) {
        return new Account(
                0,
                alias,
                AccountState.NEEDS_LOGIN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /**
     * The state at a time: while the cool-down lasts, an account that could be used is {@code COOLING_DOWN}; after it, the account is
     * {@code READY}, even if that was not stored yet.
     */
    public AccountState stateAt(Instant now) {
        if (!mayAskByItself()) {
            return state;
        }
        return coolDownUntil.filter(now::isBefore).isPresent() ? AccountState.COOLING_DOWN : AccountState.READY;
    }

    /** Whether the account makes requests, now or after its cool-down, without action by a person. */
    public boolean mayAskByItself() {
        return state.mayAskByItself();
    }

    public Account withState(AccountState newState) {
        return new Account(id, alias, newState, session, password, machineIdentity, coolDownUntil, lastError, version);
    }

    public Account withSession(Optional<Secret> newSession) {
        return new Account(id, alias, state, newSession, password, machineIdentity, coolDownUntil, lastError, version);
    }

    public Account withPassword(Optional<Secret> newPassword) {
        return new Account(id, alias, state, session, newPassword, machineIdentity, coolDownUntil, lastError, version);
    }

    public Account withMachineIdentity(Optional<String> newIdentity) {
        return new Account(id, alias, state, session, password, newIdentity, coolDownUntil, lastError, version);
    }

    public Account withCoolDownUntil(Optional<Instant> newEnd) {
        return new Account(id, alias, state, session, password, machineIdentity, newEnd, lastError, version);
    }

    public Account withLastError(Optional<String> newError) {
        return new Account(id, alias, state, session, password, machineIdentity, coolDownUntil, newError, version);
    }
}
