package org.trackerreports.store.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.secret.Secret;

class AccountTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "READY,        ,                     READY",
        "READY,        2026-11-01T12:00:01Z, COOLING_DOWN",
        "READY,        2026-11-01T12:00:00Z, READY",
        "COOLING_DOWN, 2026-11-01T12:00:01Z, COOLING_DOWN",
        "COOLING_DOWN, 2026-11-01T12:00:00Z, READY",
        "COOLING_DOWN, ,                     READY",
        "NEEDS_LOGIN,         2026-11-01T12:00:01Z, NEEDS_LOGIN",
        "NEEDS_SECOND_FACTOR, 2026-11-01T12:00:01Z, NEEDS_SECOND_FACTOR",
        "LOCKED,              2026-11-01T11:59:59Z, LOCKED",
        "PAUSED,              2026-11-01T12:00:01Z, PAUSED"
    })
    void coolsDownUntilTheEndOfItsCoolDownUnlessItWaitsForAPerson(
            AccountState stored, Instant coolDownUntil, AccountState expected) {
        Account account =
                Account.create("main").withState(stored).withCoolDownUntil(Optional.ofNullable(coolDownUntil));

        assertThat(account.stateAt(NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void asksByItselfWhenReadyOrCoolingDown(AccountState state) {
        Account account = Account.create("main").withState(state);

        assertThat(account.mayAskByItself())
                .isEqualTo(state == AccountState.READY || state == AccountState.COOLING_DOWN);
    }

    @Test
    void changesOnePartInACopy() {
        Account account = new Account(
                7,
                "main",
                AccountState.READY,
                Optional.of(Secret.ofText("session")),
                Optional.of(Secret.ofText("password")),
                Optional.of("machine"),
                Optional.of(NOW),
                Optional.of("error"),
                3);

        Account copy = account.withState(AccountState.PAUSED)
                .withSession(Optional.empty())
                .withPassword(Optional.empty())
                .withMachineIdentity(Optional.empty())
                .withCoolDownUntil(Optional.empty())
                .withLastError(Optional.empty());

        assertThat(copy)
                .isEqualTo(new Account(
                        7,
                        "main",
                        AccountState.PAUSED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        3));
        assertThat(copy.withState(AccountState.READY)
                        .withSession(account.session())
                        .withPassword(account.password())
                        .withMachineIdentity(account.machineIdentity())
                        .withCoolDownUntil(account.coolDownUntil())
                        .withLastError(account.lastError()))
                .isEqualTo(account);
    }
}
