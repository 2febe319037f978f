package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;

class LoginTest {

    @Test
    void tellsApartWhatIsWrongWithNamePasswordAndAccount() throws IOException {
        try (Services services = new Services()) {
            FindMyClient client = services.client().build();
            assertThat(client.login(Credentials.of("nobody@example.com", "x".toCharArray())))
                    .isInstanceOf(LoginOutcome.WrongNameOrPassword.class);
            assertThat(client.login(Credentials.of(Services.APPLE_ID, "x".toCharArray())))
                    .isInstanceOf(LoginOutcome.WrongPassword.class);
            assertThat(client.signedIn()).isFalse();
        }
        assertThat(outcome(account -> account.with(AccountCondition.LOCKED)))
                .isInstanceOf(LoginOutcome.AccountLocked.class);
        assertThat(outcome(account -> account.with(AccountCondition.ACCOUNT_LIMIT)))
                .isInstanceOf(LoginOutcome.AccountLimit.class);
        assertThat(outcome(account -> account.with(AccountCondition.LOW_TRUST)))
                .isInstanceOf(LoginOutcome.ServiceUnavailable.class)
                .extracting(LoginOutcome::message)
                .asString()
                .contains("A server problem is blocking Apple ID sign in");
        assertThat(outcome(account -> account.with(AccountCondition.TERMS_PENDING)))
                .isInstanceOf(LoginOutcome.TermsToAccept.class);
        assertThat(outcome(account -> account.with(AccountCondition.REPAIR)))
                .isInstanceOf(LoginOutcome.RepairNeeded.class);
        assertThat(outcome(account -> account.with(SecondFactor.SMS).withPhoneNumbers(0, false)))
                .isInstanceOf(LoginOutcome.NoWayToSendCode.class)
                .extracting(LoginOutcome::message)
                .asString()
                .contains("security keys are not supported");
    }

    private static LoginOutcome outcome(UnaryOperator<SimulatedAccount> account) throws IOException {
        try (Services services = new Services(account)) {
            return services.client().build().login(Services.credentials());
        }
    }

    @Test
    void valuesThatNoHonestServiceSendsAreRefusedBeforeTheyAreUsed() throws IOException {
        for (AccountCondition bad : List.of(
                AccountCondition.LARGE_PUBLIC_VALUE, AccountCondition.LARGE_SALT, AccountCondition.MANY_ROUNDS)) {
            try (Services services = new Services(account -> account.with(bad))) {
                assertThat(services.client().build().login(Services.credentials()))
                        .as("%s", bad)
                        .isInstanceOf(LoginOutcome.Unreadable.class)
                        .extracting(LoginOutcome::message)
                        .asString()
                        .contains("out of its bounds");
                assertThat(services.simulator.requests().count(Service.GSA))
                        .as("no proof is sent")
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void onlyWhatIsKnownToNeedAPersonWaitsForOne() throws IOException {
        for (AccountCondition later : List.of(
                AccountCondition.TRY_LATER,
                AccountCondition.CANNOT_COMPLETE_NOW,
                AccountCondition.VERIFICATION_FAILED)) {
            assertThat(outcome(account -> account.with(later)).waitingHelps())
                    .as("%s", later)
                    .isTrue();
        }
        LoginOutcome wrong = outcome(account -> account.with(AccountCondition.NAME_OR_PASSWORD));
        assertThat(wrong).isInstanceOf(LoginOutcome.WrongNameOrPassword.class);
        assertThat(wrong.waitingHelps()).isFalse();
    }

    @Test
    void blanksAroundAnAppleIdAreNotSent() throws IOException {
        try (Services services = new Services()) {
            Credentials pasted = Credentials.of(" " + Services.APPLE_ID + "\u00a0", Services.PASSWORD.toCharArray());
            FindMyClient client = services.client().build();
            assertThat(client.login(pasted)).isInstanceOf(LoginOutcome.LoggedIn.class);
            assertThat(client.session().orElseThrow().accountName()).isEqualTo(Services.APPLE_ID);
        }
    }

    @Test
    void tellsARefusedClientFromAWrongPassword() throws IOException {
        try (Services services = new Services()) {
            ClientInfo xcode = new ClientInfo(
                    "<MacBookPro13,2> <macOS;13.1;22C65> <com.apple.AuthKit/1 (com.apple.dt.Xcode/3594.4.19)>",
                    ClientInfo.DEFAULT.delegates());
            assertThat(services.client().clientInfo(xcode).build().login(Services.credentials()))
                    .isInstanceOf(LoginOutcome.ClientRefused.class);
        }
    }

    @Test
    void namesEachTroubleOfTheSignInService() throws IOException {
        assertThat(struck(Service.GSA, FaultKind.STALE_ANISETTE)).isInstanceOf(LoginOutcome.AnisetteRefused.class);
        assertThat(struck(Service.GSA, FaultKind.UNAVAILABLE)).isInstanceOf(LoginOutcome.ClientRefused.class);
        for (FaultKind kind : List.of(
                FaultKind.SERVER_ERROR,
                FaultKind.BAD_GATEWAY,
                FaultKind.TOO_MANY_REQUESTS,
                FaultKind.CONNECTION_RESET,
                FaultKind.HANG)) {
            assertThat(struck(Service.GSA, kind)).as("%s", kind).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        }
        for (FaultKind kind : List.of(FaultKind.EMPTY_ANSWER, FaultKind.HTML_PAGE, FaultKind.HALF_ANSWER)) {
            assertThat(struck(Service.GSA, kind)).as("%s", kind).isInstanceOf(LoginOutcome.Unreadable.class);
        }
        assertThat(struck(Service.GSA, FaultKind.FORBIDDEN)).isInstanceOf(LoginOutcome.Refused.class);
    }

    @Test
    void namesEachTroubleOfTheDelegatesCall() throws IOException {
        assertThat(struck(Service.SETUP, FaultKind.TOKEN_EXPIRY)).isInstanceOf(LoginOutcome.Refused.class);
        assertThat(struck(Service.SETUP, FaultKind.UNAUTHORIZED)).isInstanceOf(LoginOutcome.Refused.class);
        assertThat(struck(Service.SETUP, FaultKind.SERVER_ERROR)).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        assertThat(struck(Service.SETUP, FaultKind.CONNECTION_RESET))
                .isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        assertThat(struck(Service.SETUP, FaultKind.HALF_ANSWER)).isInstanceOf(LoginOutcome.Unreadable.class);
    }

    @Test
    void namesEachTroubleOfTheAnisetteServer() throws IOException {
        for (FaultKind kind : List.of(
                FaultKind.SERVER_ERROR,
                FaultKind.HTML_PAGE,
                FaultKind.EMPTY_ANSWER,
                FaultKind.HALF_ANSWER,
                FaultKind.CONNECTION_RESET,
                FaultKind.MISSING_MACHINE_ID)) {
            assertThat(struck(Service.ANISETTE, kind))
                    .as("%s", kind)
                    .isInstanceOf(LoginOutcome.AnisetteUnavailable.class);
        }
        assertThat(struck(Service.ANISETTE, FaultKind.STALE_ANISETTE)).isInstanceOf(LoginOutcome.AnisetteRefused.class);
        assertThat(struck(Service.ANISETTE, FaultKind.LOWER_CASE_HEADERS)).isInstanceOf(LoginOutcome.LoggedIn.class);
    }

    private static LoginOutcome struck(Service service, FaultKind kind) throws IOException {
        try (Services services = new Services()) {
            services.simulator.faults().add(Fault.always(service, kind).withDelay(Duration.ofSeconds(30)));
            HttpSettings impatient = new HttpSettings(
                    Duration.ofSeconds(5),
                    kind == FaultKind.HANG ? Duration.ofSeconds(1) : Duration.ofSeconds(20),
                    1 << 20,
                    services.http().additionalCertificates());
            LoginOutcome outcome = services.client().http(impatient).build().login(Services.credentials());
            assertThat(outcome.message()).doesNotContain(Services.PASSWORD);
            return outcome;
        }
    }
}
