package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.SessionStore;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.http.HttpSettings;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.Credentials;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.Fault;
import org.trackerreports.simulator.FaultKind;
import org.trackerreports.simulator.PasswordProtocol;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;
import org.trackerreports.simulator.SimulatedAccount;

class LoginTest {

    @Test
    void signsInWithEachPasswordProtocolAndSecondFactor() throws IOException {
        for (PasswordProtocol protocol : PasswordProtocol.values()) {
            for (SecondFactor factor : SecondFactor.values()) {
                try (Services services =
                        new Services(account -> account.with(protocol).with(factor))) {
                    FindMyClient client = services.client().build();

                    LoginOutcome outcome = client.login(Services.credentials());
                    if (factor != SecondFactor.NONE) {
                        outcome = enterRightCode(services, client, outcome);
                    }

                    assertThat(outcome).as("%s, %s", protocol, factor).isInstanceOf(LoginOutcome.LoggedIn.class);
                    assertThat(client.session().orElseThrow().dsid())
                            .isEqualTo(services.simulator.accounts().dsid(Services.APPLE_ID));
                    assertThat(client.latest(List.of())).isEmpty();
                    assertThat(services.simulator.requests().recent())
                            .allSatisfy(request -> assertThat(request.refusal())
                                    .as(request.path())
                                    .isEmpty());
                }
            }
        }
    }

    private static LoginOutcome enterRightCode(Services services, FindMyClient client, LoginOutcome outcome) {
        assertThat(outcome).isInstanceOf(LoginOutcome.SecondFactorNeeded.class);
        PendingLogin pending = ((LoginOutcome.SecondFactorNeeded) outcome).pending();
        LoginOutcome sent = client.sendCode(pending.methods().get(0));
        assertThat(sent).isInstanceOf(LoginOutcome.SecondFactorNeeded.class);
        return client.enterCode(code(services), Services.credentials());
    }

    private static String code(Services services) {
        return services.simulator.accounts().lastCode(Services.APPLE_ID).orElseThrow();
    }

    @Test
    void aTrustedDevicesAccountAlsoOffersItsPhones() throws IOException {
        try (Services services = new Services(
                account -> account.with(SecondFactor.TRUSTED_DEVICE).withPhoneNumbers(2, false))) {
            FindMyClient client = services.signedIn();

            List<SecondFactorMethod> methods =
                    client.pendingLogin().orElseThrow().methods();

            assertThat(methods).hasSize(3);
            assertThat(methods.get(0)).isInstanceOf(SecondFactorMethod.TrustedDevice.class);
            assertThat(methods.get(2)).isEqualTo(new SecondFactorMethod.Sms(2, "+49 ••• •••••49"));
            // The code of one way does not count for another.
            client.sendCode(methods.get(1));
            String toTheFirst = code(services);
            client.sendCode(methods.get(2));
            assertThat(code(services)).isNotEqualTo(toTheFirst);
            assertThat(client.enterCode(code(services), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @Test
    void aCodeThatTheServiceSentByItselfNeedsNoRequest() throws IOException {
        try (Services services =
                new Services(account -> account.with(SecondFactor.SMS).withPhoneNumbers(1, true))) {
            FindMyClient client = services.signedIn();

            assertThat(client.pendingLogin().orElseThrow().codeSentBy()).isPresent();
            assertThat(client.enterCode(code(services), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @Test
    void anotherProcessAnswersTheSecondFactorAndNoDeviceIsAdded() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            SessionStore store = Services.sharedStore();
            FindMyClient first = services.signedIn(builder -> builder.sessionStore(store));
            first.sendCode(first.pendingLogin().orElseThrow().methods().get(0));
            services.clock.advance(Duration.ofMinutes(9));

            FindMyClient second = services.client().sessionStore(store).build();
            LoginOutcome outcome = second.enterCode(code(services), Services.credentials());

            assertThat(outcome).isInstanceOf(LoginOutcome.LoggedIn.class);
            FindMyClient third = services.client().sessionStore(store).build();
            assertThat(third.signedIn()).isTrue();
            assertThat(third.pendingLogin()).isEmpty();
            // The machine identity is trusted, so signing in again requires no code.
            assertThat(third.login(Services.credentials())).isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @Test
    void thePendingStateGoesThroughTheCodecWithoutTheFace() {
        try (Services services = new Services(account -> account.with(SecondFactor.TRUSTED_DEVICE))) {
            LoginOutcome begun = login(services).begin(Services.credentials(), DeviceIdentity.random());
            byte[] stored = SessionCodec.write(((LoginOutcome.SecondFactorNeeded) begun).pending());

            PendingLogin pending = SessionCodec.readPending(stored);
            SecondFactorMethod method = pending.methods().get(0);
            login(services).sendCode(pending, method);

            assertThat(login(services).complete(pending, method, code(services), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    private static AccountLogin login(Services services) {
        AnisetteServer anisette = new AnisetteServer(services.simulator.anisetteUrl(), services.http(), services.clock);
        return new AccountLogin(
                services.addresses(),
                services.http(),
                anisette,
                ClientInfo.DEFAULT,
                services.clock,
                new SecureRandom());
    }

    @Test
    void aStepWithoutTheOneBeforeIsAMistakeOfTheCaller() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            FindMyClient client = services.client().build();
            assertThatThrownBy(() -> client.enterCode("123456", Services.credentials()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call login first");
            client.login(Services.credentials());
            assertThatThrownBy(() -> client.enterCode("123456", Services.credentials()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call sendCode first");
        }
    }

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
    void readsTheWaysOfTheSecondFactorInEveryForm() throws IOException {
        for (AccountCondition form :
                List.of(AccountCondition.OK, AccountCondition.AUTH_PAGE, AccountCondition.AUTH_PAGE_NESTED)) {
            for (SecondFactor factor : List.of(SecondFactor.SMS, SecondFactor.TRUSTED_DEVICE)) {
                try (Services services =
                        new Services(account -> account.with(factor).with(form).withPhoneNumbers(2, false))) {
                    FindMyClient client = services.signedIn();
                    List<SecondFactorMethod> methods =
                            client.pendingLogin().orElseThrow().methods();
                    assertThat(methods.stream().filter(SecondFactorMethod.Sms.class::isInstance))
                            .as("%s, %s", form, factor)
                            .containsExactly(
                                    new SecondFactorMethod.Sms(1, "+49 ••• •••••48"),
                                    new SecondFactorMethod.Sms(2, "+49 ••• •••••49"));
                    assertThat(methods.contains(new SecondFactorMethod.TrustedDevice()))
                            .isEqualTo(factor == SecondFactor.TRUSTED_DEVICE);
                    client.sendCode(methods.get(methods.size() - 1));
                    assertThat(client.enterCode(code(services), Services.credentials()))
                            .isInstanceOf(LoginOutcome.LoggedIn.class);
                }
            }
        }
    }

    @Test
    void readsTheErrorsOfTheSecondFactorInEveryForm() throws IOException {
        for (AccountCondition form : List.of(AccountCondition.UNDERSCORED_ERRORS, AccountCondition.ERRORS_WITH_200)) {
            try (Services services =
                    new Services(account -> account.with(SecondFactor.SMS).with(form))) {
                FindMyClient client = services.signedIn();
                client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
                LoginOutcome outcome = client.enterCode("000000", Services.credentials());
                assertThat(outcome).as("%s", form).isInstanceOf(LoginOutcome.WrongCode.class);
                assertThat(outcome.message()).contains("-21669", "Incorrect verification code");
            }
        }
    }

    @Test
    void aRefusalAfterAnAcceptedCodeDoesNotBlameThePassword() throws IOException {
        try (Services services =
                new Services(account -> account.with(SecondFactor.SMS).with(AccountCondition.REFUSED_AFTER_CODE))) {
            FindMyClient client = services.signedIn();
            LoginOutcome outcome = enterRightCode(services, client, client.login(Services.credentials()));
            assertThat(outcome).isInstanceOf(LoginOutcome.RefusedAfterCode.class);
            assertThat(outcome.message()).contains("The code was accepted").doesNotContainIgnoringCase("password");
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
    void countsWrongCodesAndSaysWhenThereWereTooMany() throws IOException {
        for (SecondFactor factor : List.of(SecondFactor.SMS, SecondFactor.TRUSTED_DEVICE)) {
            try (Services services = new Services(account -> account.with(factor))) {
                FindMyClient client = services.signedIn();
                client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
                String wrong = code(services).equals("000000") ? "111111" : "000000";

                for (int attempt = 1; attempt <= 5; attempt++) {
                    assertThat(client.enterCode(wrong, Services.credentials()))
                            .as("%s, attempt %d", factor, attempt)
                            .isInstanceOf(LoginOutcome.WrongCode.class);
                }
                assertThat(client.enterCode(wrong, Services.credentials()))
                        .as("%s", factor)
                        .isInstanceOf(LoginOutcome.TooManyCodes.class);
            }
        }
    }

    @Test
    void whatCannotBeACodeIsNotSent() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            FindMyClient client = services.signedIn();
            client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
            long calls = services.simulator.requests().count(Service.GSA);

            for (int attempt = 0; attempt < 10; attempt++) {
                LoginOutcome outcome = client.enterCode("12345", Services.credentials());
                assertThat(outcome).isInstanceOf(LoginOutcome.WrongCode.class);
                assertThat(outcome.message()).contains("6 digits; found 5", "not sent");
            }

            assertThat(services.simulator.requests().count(Service.GSA)).isEqualTo(calls);
            assertThat(client.enterCode(code(services), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
        }
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
    void aRightCodeWorksAfterAWrongOne() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            FindMyClient client = services.signedIn();
            client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
            String right = code(services);

            client.enterCode(right.equals("000000") ? "111111" : "000000", Services.credentials());

            assertThat(client.enterCode(right.substring(0, 3) + " " + right.substring(3), Services.credentials()))
                    .isInstanceOf(LoginOutcome.LoggedIn.class);
        }
    }

    @Test
    void saysWhenNoCodeCanBeSent() throws IOException {
        try (Services services =
                new Services(account -> account.with(SecondFactor.SMS).with(AccountCondition.SMS_UNAVAILABLE))) {
            FindMyClient client = services.signedIn();
            assertThat(client.sendCode(
                            client.pendingLogin().orElseThrow().methods().get(0)))
                    .isInstanceOf(LoginOutcome.CodeNotSent.class);
        }
    }

    @Test
    void stopsAtASecondFactorThatNeverEnds() throws IOException {
        for (SecondFactor factor : List.of(SecondFactor.SMS, SecondFactor.TRUSTED_DEVICE)) {
            try (Services services =
                    new Services(account -> account.with(factor).with(AccountCondition.SECOND_FACTOR_LOOP))) {
                FindMyClient client = services.client().build();
                LoginOutcome outcome = enterRightCode(services, client, client.login(Services.credentials()));
                assertThat(outcome).isInstanceOf(LoginOutcome.SecondFactorLoop.class);
                assertThat(client.signedIn()).isFalse();
            }
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
