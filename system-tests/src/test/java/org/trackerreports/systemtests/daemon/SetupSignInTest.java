package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trackerreports.core.account.AppleAccountDigest;
import org.trackerreports.core.account.SignIns;
import org.trackerreports.findmy.login.SessionSource;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.store.account.AccountState;
import org.trackerreports.systemtests.daemon.SetupClient.Answered;

/** Signing in through the set-up: over real sockets, against the simulated services. */
class SetupSignInTest extends SetupFixture {

    private static final String APPLE_ID = "phones@example.com";

    @BeforeEach
    void start() throws Exception {
        addAccountWithTwoPhones(APPLE_ID);
        startDaemon();
    }

    private void addAccountWithTwoPhones(String appleId) {
        system.simulator()
                .accounts()
                .add(SimulatedAccount.of(appleId, LocalSystem.PASSWORD)
                        .with(SecondFactor.TRUSTED_DEVICE)
                        .withPhoneNumbers(2, false));
    }

    private Answered begin() throws Exception {
        return begin(APPLE_ID);
    }

    private Answered begin(String appleId) throws Exception {
        Answered begun = setup.signIn(appleId, LocalSystem.PASSWORD);
        assertThat(begun.ok().get("step").asText()).isEqualTo("way_needed");
        return begun;
    }

    /** The number of the way with a description. */
    private static String way(Answered step, String description) {
        for (JsonNode way : step.body().get("ways")) {
            if (way.get("description").asText().contains(description)) {
                return way.get("way").asText();
            }
        }
        throw new AssertionError(step.body().toString());
    }

    private Answered sendCode(Answered step, String description) throws Exception {
        Answered sent = setup.post(
                "/sign-ins/" + step.text("id") + "/send-code",
                SetupClient.json().put("way", way(step, description)));
        assertThat(sent.ok().get("step").asText()).isEqualTo("code_sent");
        assertThat(sent.text("sent_by")).isEqualTo(way(sent, description));
        return sent;
    }

    private Answered enter(Answered step, String code) throws Exception {
        return setup.post(
                "/sign-ins/" + step.text("id") + "/code", SetupClient.json().put("code", code));
    }

    private String lastCode() {
        return lastCode(APPLE_ID);
    }

    private String lastCode(String appleId) {
        return system.simulator().accounts().lastCode(appleId).orElseThrow();
    }

    private AccountState stored(String alias) {
        return system.store().accounts().find(alias).orElseThrow().state();
    }

    /** And neither the log, at any level, nor an answer has the password or the code. */
    @Test
    void theCodeComesByTextMessageToTheSecondNumberAndMayBeMistyped() throws Exception {
        RecordedLog log = RecordedLog.start();
        Answered begun = begin();
        assertThat(begun.body().get("ways")).hasSize(3);
        Answered sent = sendCode(begun, "•••49");
        assertThat(sent.text("message")).contains("a text message to +49 ••• •••••49");
        assertThat(stored("main")).isEqualTo(AccountState.NEEDS_SECOND_FACTOR);

        Answered fiveDigits = enter(sent, "12345");
        assertThat(fiveDigits.status()).isEqualTo(400);
        assertThat(fiveDigits.text("detail"))
                .isEqualTo("A verification code has 6 digits; found 5 digits. It was not sent; enter it again.");
        Answered wrong = enter(sent, lastCode().equals("000000") ? "111111" : "000000");
        assertThat(wrong.ok().get("reason").asText()).isEqualTo("wrong_code");
        assertThat(wrong.text("id")).isEqualTo(sent.text("id"));

        String code = lastCode();
        Answered done = enter(sent, code.substring(0, 3) + " " + code.substring(3));
        assertThat(done.ok().get("step").asText()).isEqualTo("signed_in");
        assertThat(done.text("message")).isEqualTo("Account main is signed in.");
        assertThat(stored("main")).isEqualTo(AccountState.READY);
        assertThat(setup.stepState("account")).isEqualTo("done");
        log.close();
        List<String> told = new ArrayList<>(log.lines());
        told.addAll(List.of(
                begun.body().toString(), sent.body().toString(), done.body().toString()));
        assertThat(told).noneMatch(line -> line.contains(LocalSystem.PASSWORD) || line.contains(code));
        // Nothing is left of it in memory.
        assertThat(enter(sent, "000000").status()).isEqualTo(404);
    }

    @Test
    void theCodeComesToATrustedDeviceOrToAnotherNumberIfNoneCame() throws Exception {
        Answered sent = sendCode(begin(), "Apple devices");
        assertThat(enter(sent, lastCode()).ok().get("step").asText()).isEqualTo("signed_in");

        String other = "other@example.com";
        addAccountWithTwoPhones(other);
        Answered begun = begin(other);
        String path = "/sign-ins/" + begun.text("id");
        // What is no way, or comes too early, is refused and ends nothing.
        assertThat(setup.post(path + "/send-code", SetupClient.json().put("way", "9"))
                        .status())
                .isEqualTo(400);
        assertThat(setup.post(path + "/send-code", SetupClient.json()).status()).isEqualTo(400);
        assertThat(setup.post(path + "/code", SetupClient.json().put("code", "123456"))
                        .status())
                .isEqualTo(400);
        assertThat(setup.post("/sign-ins", SetupClient.json().put("apple_id", other))
                        .status())
                .isEqualTo(400);
        Answered first = sendCode(begun, "•••48");
        String former = lastCode(other);
        Answered second = sendCode(first, "•••49");
        assertThat(lastCode(other)).isNotEqualTo(former);
        // Whoever gives up is forgotten, and may enter the code after another beginning.
        assertThat(setup.delete(path).status()).isEqualTo(204);
        assertThat(enter(second, lastCode(other)).status()).isEqualTo(404);
        Answered again = setup.signIn(other, LocalSystem.PASSWORD);
        assertThat(again.ok().get("earlier").asBoolean()).isTrue();
        assertThat(enter(again, lastCode(other)).ok().get("step").asText()).isEqualTo("signed_in");
        assertThat(again.text("account")).isEqualTo("main-2");
    }

    @Test
    void wrongPasswordsAndSignInsAreCountedAndHeldBackUnlessSomebodyInsists() throws Exception {
        for (int left : new int[] {2, 1, 0}) {
            Answered refused = setup.signIn(APPLE_ID, "not " + LocalSystem.PASSWORD);
            assertThat(refused.ok().get("reason").asText()).isEqualTo("wrong_password");
            assertThat(refused.body().get("tries_left").asInt()).isEqualTo(left);
            assertThat(refused.body().get("id").isNull()).isTrue();
        }
        long asked = system.simulator().requests().count(Service.GSA);
        Answered held = setup.signIn(APPLE_ID, LocalSystem.PASSWORD);
        assertThat(held.ok().get("step").asText()).isEqualTo("held_back");
        assertThat(held.text("reason")).isEqualTo("wrong_passwords");
        assertThat(Instant.parse(held.text("until"))).isAfter(Instant.now());
        assertThat(system.simulator().requests().count(Service.GSA)).isEqualTo(asked);
        assertThat(system.store().accounts().list()).isEmpty();

        ObjectNode insisting = SetupClient.json()
                .put("apple_id", APPLE_ID)
                .put("password", LocalSystem.PASSWORD)
                .put("insist", true);
        assertThat(setup.post("/sign-ins", insisting).ok().get("step").asText()).isEqualTo("way_needed");

        // The same for too many sign-ins of any kind.
        SignIns signIns = system.fetcher().get(SignIns.class);
        AppleAccountDigest often = AppleAccountDigest.ofName(LocalSystem.APPLE_ID);
        for (int number = 0; number < SessionSource.MAX_SIGN_INS_PER_DAY; number++) {
            signIns.signIn(often);
        }
        asked = system.simulator().requests().count(Service.GSA);
        Answered tooMany = setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD);
        assertThat(tooMany.ok().get("step").asText()).isEqualTo("held_back");
        assertThat(tooMany.text("reason")).isEqualTo("sign_ins");
        assertThat(tooMany.text("message")).contains("signed in 8 times within 24 hours", "Nothing was sent.");
        assertThat(system.simulator().requests().count(Service.GSA)).isEqualTo(asked);
    }

    @Test
    void whatTheServiceRefusesIsSaid() throws Exception {
        system.simulator().accounts().change(APPLE_ID, account -> account.with(AccountCondition.LOCKED));
        Answered locked = setup.signIn(APPLE_ID, LocalSystem.PASSWORD);
        assertThat(locked.ok().get("reason").asText()).isEqualTo("account_locked");
        assertThat(locked.text("message")).contains("iforgot.apple.com");
        system.simulator().accounts().change(APPLE_ID, account -> account.with(AccountCondition.SMS_UNAVAILABLE));
        Answered begun = begin();
        Answered notSent = setup.post(
                "/sign-ins/" + begun.text("id") + "/send-code",
                SetupClient.json().put("way", way(begun, "•••49")));
        assertThat(notSent.ok().get("step").asText()).isEqualTo("failed");
        assertThat(notSent.text("reason")).isEqualTo("code_not_sent");
        // Another way is still open.
        Answered sent = sendCode(begun, "Apple devices");
        assertThat(enter(sent, lastCode()).ok().get("step").asText()).isEqualTo("signed_in");
    }

    @Test
    void anAppleAccountHasOneNameHere() throws Exception {
        Answered sent = sendCode(begin(), "•••49");
        enter(sent, lastCode()).ok();
        ObjectNode second = SetupClient.json()
                .put("apple_id", APPLE_ID)
                .put("password", LocalSystem.PASSWORD)
                .put("account", "second");
        Answered refused = setup.post("/sign-ins", second);
        assertThat(refused.ok().get("step").asText()).isEqualTo("kept_elsewhere");
        assertThat(refused.text("other_account")).isEqualTo("main");
        assertThat(system.store().accounts().find("second")).isEmpty();
        // Without a name the same account is signed in again; another Apple account gets another name.
        assertThat(setup.signIn(APPLE_ID, LocalSystem.PASSWORD).text("account")).isEqualTo("main");
        assertThat(setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).text("account"))
                .isEqualTo("main-2");
    }

    @Test
    void aDaemonThatStartsAgainInTheMiddleNeedsThePasswordAndNoOtherCode() throws Exception {
        Answered sent = sendCode(begin(), "•••49");
        String code = lastCode();
        restartDaemon();
        Answered forgotten = enter(sent, code);
        assertThat(forgotten.status()).isEqualTo(404);
        assertThat(forgotten.text("next_step")).contains("Enter the password again");

        long asked = system.simulator().requests().count(Service.GSA);
        Answered continued = setup.signIn(APPLE_ID, LocalSystem.PASSWORD);
        assertThat(continued.ok().get("step").asText()).isEqualTo("code_sent");
        assertThat(continued.body().get("earlier").asBoolean()).isTrue();
        assertThat(continued.text("sent_by")).isEqualTo(way(continued, "•••49"));
        assertThat(system.simulator().requests().count(Service.GSA)).isEqualTo(asked);
        assertThat(enter(continued, code).ok().get("step").asText()).isEqualTo("signed_in");
    }

    @Test
    void aSignInThatEndedWhileItWaitedForItsCodeBeginsAnew() throws Exception {
        Answered sent = sendCode(begin(), "•••49");
        String code = lastCode();
        system.simulator().accounts().endSignIns(APPLE_ID);
        // One whose page is still open ends.
        assertThat(enter(sent, code).ok().get("reason").asText()).isEqualTo("sign_in_expired");

        Answered continued = setup.signIn(APPLE_ID, LocalSystem.PASSWORD);
        assertThat(continued.ok().get("step").asText()).isEqualTo("code_sent");
        Answered anew = enter(continued, code);
        assertThat(anew.ok().get("step").asText()).isEqualTo("way_needed");
        assertThat(anew.body().get("in_place_of_another").asBoolean()).isTrue();
        assertThat(enter(sendCode(anew, "•••48"), lastCode()).ok().get("step").asText())
                .isEqualTo("signed_in");
    }

    @Test
    void aSessionThatEndsWithoutAStoredPasswordLeadsToANewSignIn() throws Exception {
        system.addTrackers(1);
        setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).ok();
        within(20, () -> setup.stepState("first_position").equals("done"));
        system.simulator().accounts().expireSessions(LocalSystem.APPLE_ID);
        within(20, () -> setup.stepState("account").equals("problem"));
        JsonNode step = setup.state().at("/steps/1");
        assertThat(step.get("text").asText()).startsWith("No account can be used: ");
        assertThat(step.get("action").asText()).isEqualTo("sign_in");
        assertThat(step.get("action_account").asText()).isEqualTo("main");
        assertThat(setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).text("step"))
                .isEqualTo("signed_in");
        assertThat(setup.stepState("account")).isEqualTo("done");
    }

    @Test
    void accountsShowTheirBudgetAndArePausedAndRemoved() throws Exception {
        setup.signIn(LocalSystem.APPLE_ID, LocalSystem.PASSWORD).ok();
        JsonNode account = setup.state().at("/accounts/0");
        assertThat(account.get("account").asText()).isEqualTo("main");
        assertThat(account.get("state").asText()).isEqualTo("ready");
        assertThat(account.get("requests_24h").asInt()).isZero();
        assertThat(account.get("requests_per_day").asInt()).isEqualTo(100_000);
        assertThat(account.get("password_remembered").asBoolean()).isFalse();

        ObjectNode pause = SetupClient.json().put("paused", true);
        assertThat(setup.patch("/accounts/main", pause).ok().get("state").asText())
                .isEqualTo("paused");
        assertThat(setup.stepState("account")).isEqualTo("problem");
        assertThat(setup.patch("/accounts/main", pause.put("paused", false))
                        .ok()
                        .get("state")
                        .asText())
                .isEqualTo("ready");
        assertThat(setup.patch("/accounts/other", pause).status()).isEqualTo(404);

        Answered unconfirmed = setup.delete("/accounts/main");
        assertThat(unconfirmed.status()).isEqualTo(409);
        assertThat(unconfirmed.text("detail")).contains("Nothing was removed.");
        assertThat(setup.delete("/accounts/main?confirm=other").status()).isEqualTo(409);
        assertThat(setup.delete("/accounts/main?confirm=main").status()).isEqualTo(204);
        assertThat(setup.stepState("account")).isEqualTo("to_do");
    }
}
