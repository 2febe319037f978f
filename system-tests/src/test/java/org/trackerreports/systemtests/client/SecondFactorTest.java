package org.trackerreports.systemtests.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.FindMyClient;
import org.trackerreports.findmy.SessionStore;
import org.trackerreports.findmy.anisette.AnisetteServer;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.AccountLogin;
import org.trackerreports.findmy.login.ClientInfo;
import org.trackerreports.findmy.login.LoginOutcome;
import org.trackerreports.findmy.login.PendingLogin;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SessionCodec;
import org.trackerreports.simulator.AccountCondition;
import org.trackerreports.simulator.PasswordProtocol;
import org.trackerreports.simulator.SecondFactor;
import org.trackerreports.simulator.Service;

class SecondFactorTest {

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

    /** A client that has asked for a code by the first way. */
    private static FindMyClient withCodeSent(Services services) throws IOException {
        FindMyClient client = services.signedIn();
        client.sendCode(client.pendingLogin().orElseThrow().methods().get(0));
        return client;
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
                FindMyClient client = withCodeSent(services);
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
    void countsWrongCodesAndSaysWhenThereWereTooMany() throws IOException {
        for (SecondFactor factor : List.of(SecondFactor.SMS, SecondFactor.TRUSTED_DEVICE)) {
            try (Services services = new Services(account -> account.with(factor))) {
                FindMyClient client = withCodeSent(services);
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
            FindMyClient client = withCodeSent(services);
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
    void aRightCodeWorksAfterAWrongOne() throws IOException {
        try (Services services = new Services(account -> account.with(SecondFactor.SMS))) {
            FindMyClient client = withCodeSent(services);
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
}
