package org.trackerreports.store.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.trackerreports.store.server.StoreFixture.NOW;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trackerreports.store.ReportStore;
import org.trackerreports.store.error.StoreException;
import org.trackerreports.store.error.WrongMasterKeyException;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.store.secret.Secret;
import org.trackerreports.store.server.OnEveryServer;
import org.trackerreports.store.server.ServerKind;
import org.trackerreports.store.server.StoreFixture;

@ParameterizedClass
@EnumSource(ServerKind.class)
class AccountsTest extends OnEveryServer {

    private Accounts accounts;

    @BeforeParameterizedClassInvocation
    void openPart() {
        accounts = fixture.store.accounts();
    }

    @Test
    void neverOverwritesANewerSession() {
        Account first = saved(accounts.save(Account.create("main")));
        Account loggedIn = first.withState(AccountState.READY)
                .withSession(Optional.of(Secret.ofText("session 1")))
                .withPassword(Optional.of(Secret.ofText("password")))
                .withMachineIdentity(Optional.of("machine"))
                .withCoolDownUntil(Optional.of(NOW))
                .withLastError(Optional.of("error"));

        Account newer = saved(accounts.save(loggedIn));

        assertThat(accounts.save(loggedIn)).isEqualTo(new SaveOutcome.Outdated(Optional.of(newer)));
        assertThat(accounts.save(Account.create("main"))).isEqualTo(new SaveOutcome.Outdated(Optional.of(newer)));
        assertThat(accounts.find("main")).contains(newer);
        assertThat(newer.session()).contains(Secret.ofText("session 1"));
        assertThat(newer.version()).isEqualTo(2);
        assertThat(accounts.remove("main")).isTrue();
        assertThat(accounts.list()).isEmpty();
        assertThat(accounts.save(newer)).isEqualTo(new SaveOutcome.Outdated(Optional.empty()));
    }

    @Test
    void eachChangeOfAnAccountShowsInItsVersion() {
        Account account = saved(accounts.save(Account.create("watched")));
        List<AccountsMark> marks = new ArrayList<>(List.of(accounts.mark()));
        assertThat(accounts.mark()).isEqualTo(marks.get(0));
        AccountVersion added = watched();
        assertThat(added).isEqualTo(new AccountVersion("watched", account.id(), account.version()));
        assertThat(watched()).isEqualTo(added);

        accounts.save(account.withSession(Optional.of(Secret.ofText("session"))));
        AccountVersion signedIn = watched();
        marks.add(accounts.mark());
        accounts.pause("watched");
        AccountVersion paused = watched();
        marks.add(accounts.mark());
        accounts.remove("watched");
        marks.add(accounts.mark());
        assertThat(accounts.versions()).extracting(AccountVersion::alias).doesNotContain("watched");
        saved(accounts.save(Account.create("watched")));
        marks.add(accounts.mark());

        assertThat(marks).doesNotHaveDuplicates();
        assertThat(new HashSet<>(List.of(added, signedIn, paused, watched()))).hasSize(4);
        accounts.remove("watched");
    }

    private AccountVersion watched() {
        return accounts.versions().stream()
                .filter(version -> version.alias().equals("watched"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pausesAnAccountSoThatNobodyMakesItUsableByAccident() {
        Account fresh = saved(accounts.save(Account.create("paused")));
        Account ready = saved(accounts.save(fresh.withState(AccountState.READY)
                .withSession(Optional.of(Secret.ofText("session")))
                .withCoolDownUntil(Optional.of(NOW))));

        Account paused = accounts.pause("paused").orElseThrow();

        assertThat(paused.state()).isEqualTo(AccountState.PAUSED);
        assertThat(paused.session()).isEqualTo(ready.session());
        assertThat(accounts.save(ready)).isEqualTo(new SaveOutcome.Outdated(Optional.of(paused)));
        assertThat(accounts.pause("paused")).as("nothing to change").contains(paused);
        Account resumed = accounts.resume("paused").orElseThrow();
        assertThat(resumed.state()).isEqualTo(AccountState.READY);
        assertThat(resumed.coolDownUntil()).contains(NOW);
        saved(accounts.save(Account.create("never logged in")));
        accounts.pause("never logged in");
        assertThat(accounts.resume("never logged in").orElseThrow().state()).isEqualTo(AccountState.NEEDS_LOGIN);
        assertThat(accounts.pause("nobody")).isEmpty();
        accounts.remove("paused");
        accounts.remove("never logged in");
    }

    @Test
    void findsAnAliasInEveryFormOfItsLetters() {
        String composed = "B\u00fcro";
        String decomposed = "Bu\u0308ro";
        accounts.save(Account.create(decomposed));
        assertThat(accounts.find(decomposed).orElseThrow().alias()).isEqualTo(composed);

        // As version 0.1.0 stored it.
        fixture.execute("UPDATE accounts SET alias = '" + decomposed + "' WHERE alias = '" + composed + "'");
        assertThat(accounts.pause(composed).orElseThrow().state()).isEqualTo(AccountState.PAUSED);
        saved(accounts.save(accounts.find(composed).orElseThrow()));
        assertThat(accounts.remove(composed)).isTrue();
        assertThat(accounts.find(decomposed)).isEmpty();
    }

    @Test
    void aCoolDownFromAClockThatIsAheadEndsADayAfterTheTimeOfTheDatabase() {
        Instant inAYear = databaseTime().plus(Duration.ofDays(365)).truncatedTo(ChronoUnit.SECONDS);
        Instant inAnHour = databaseTime().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Account first = saved(accounts.save(Account.create("ahead").withCoolDownUntil(Optional.of(inAnHour))));
        assertThat(first.coolDownUntil()).contains(inAnHour);

        Account cut = saved(accounts.save(first.withCoolDownUntil(Optional.of(inAYear))));
        assertThat(cut.coolDownUntil().orElseThrow()).isBetween(inADay().minusSeconds(60), inADay());
        assertThat(accounts.find("ahead")).contains(cut);

        // As a version stored it that did not look.
        fixture.execute("UPDATE accounts SET cool_down_until = '" + inAYear + "' WHERE alias = 'ahead'");
        Account corrected = accounts.list().get(0);
        assertThat(corrected.coolDownUntil().orElseThrow()).isBetween(inADay().minusSeconds(60), inADay());
        assertThat(accounts.find("ahead"))
                .as("the end stays, and does not move with the time")
                .contains(corrected);
        assertThat(accounts.remove("ahead")).isTrue();
    }

    private Instant inADay() {
        return databaseTime().plus(Duration.ofDays(1));
    }

    private Instant databaseTime() {
        return Instant.ofEpochMilli(
                Long.parseLong(fixture.firstColumn("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                        .get(0)));
    }

    @Test
    void refusesAnotherMasterKeyAndTouchesNothing() {
        MasterKey other = MasterKey.random();
        var before = fixture.query("SELECT key_id, check_value FROM master_keys");

        assertThatThrownBy(() -> ReportStore.open(fixture.dataSource(), other, Clock.systemUTC()))
                .isInstanceOf(WrongMasterKeyException.class)
                .hasMessageContaining(StoreFixture.KEY.id())
                .hasMessageContaining(other.id());
        assertThat(fixture.query("SELECT key_id, check_value FROM master_keys")).isEqualTo(before);
    }

    @Test
    void doesNotOpenASecretThatWasMovedToAnotherRow() {
        long one = fixture.addTracker("row one");
        fixture.addTracker("row two");
        fixture.execute("UPDATE trackers SET key_material = (SELECT key_material FROM trackers WHERE name = 'row two')"
                + " WHERE id = " + one);

        assertThatThrownBy(() -> fixture.store.trackers().find(one))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("changed or moved from another row");
        fixture.store.trackers().remove(one, true);
    }

    /** One damaged row, or one under a key that nobody has, must not stop the accounts that are fine. */
    @Test
    void namesTheAccountWhoseSessionDoesNotOpenAndReadsTheOthers() {
        for (String alias : new String[] {"damaged", "fine", "stranger"}) {
            saved(accounts.save(saved(accounts.save(Account.create(alias)))
                    .withState(AccountState.READY)
                    .withSession(Optional.of(Secret.ofText("session")))));
        }
        fixture.execute("UPDATE accounts SET session = '\\x00112233' WHERE alias = 'damaged'");
        fixture.execute(
                "UPDATE accounts SET session = set_byte(session, 20, 255 - get_byte(session, 20)) WHERE alias = 'stranger'");

        assertThat(accounts.list())
                .extracting(Account::alias, Account::state)
                .containsExactly(
                        tuple("damaged", AccountState.NEEDS_LOGIN),
                        tuple("fine", AccountState.READY),
                        tuple("stranger", AccountState.NEEDS_LOGIN));
        Account damaged = accounts.find("damaged").orElseThrow();
        assertThat(damaged.session()).isEmpty();
        assertThat(damaged.lastError().orElseThrow()).contains("cannot be opened");
        for (String alias : new String[] {"damaged", "fine", "stranger"}) {
            assertThat(accounts.remove(alias)).isTrue();
        }
    }

    private static Account saved(SaveOutcome outcome) {
        return ((SaveOutcome.Saved) outcome).account();
    }
}
