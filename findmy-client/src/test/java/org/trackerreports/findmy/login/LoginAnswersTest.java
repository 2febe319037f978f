package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSDictionary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.internal.Plists;

/** The numbers of the sign-in services that no simulator sends; expected meanings from the protocol page, section 4.8. */
class LoginAnswersTest {

    private static final PendingLogin PENDING = new PendingLogin(
            "owner@example.com",
            new DeviceIdentity(UUID.randomUUID(), UUID.randomUUID()),
            "token",
            List.of(new SecondFactorMethod.TrustedDevice()),
            Optional.empty());

    @Test
    void everyKnownNumberHasItsMeaning() {
        assertMeaning(-20101, 200, LoginOutcome.WrongNameOrPassword.class);
        assertMeaning(-20283, 200, LoginOutcome.WrongNameOrPassword.class);
        assertMeaning(-22406, 401, LoginOutcome.WrongPassword.class);
        assertMeaning(-20209, 200, LoginOutcome.AccountLocked.class);
        assertMeaning(-29004, 433, LoginOutcome.AnisetteRefused.class);
        assertMeaning(-80009, 200, LoginOutcome.AnisetteRefused.class);
        assertMeaning(-22421, 200, LoginOutcome.AnisetteRefused.class);
        assertMeaning(0, 433, LoginOutcome.AnisetteRefused.class);
        assertMeaning(0, 434, LoginOutcome.AnisetteRefused.class);
        assertMeaning(-36607, 200, LoginOutcome.Refused.class);
        assertThat(LoginAnswers.refusal(status(0, 200))).isEmpty();
        assertThat(LoginAnswers.refusal(status(0, 409))).isEmpty();
    }

    @Test
    void anUnknownNumberIsShownWithItsText() {
        assertThat(LoginAnswers.refusal(status(-12345, 200)).orElseThrow())
                .isEqualTo(new LoginOutcome.Refused(-12345, "the service's words"))
                .extracting(LoginOutcome::message)
                .asString()
                .contains("-12345", "the service's words");
        assertThat(LoginAnswers.refusal(new NSDictionary())).isEmpty();
    }

    @Test
    void aTextOfMillionsOfCharactersIsOneShortLine() {
        NSDictionary status = new NSDictionary();
        status.put("ec", -12345);
        status.put("em", "a\u202e\u001b[2J\r\nforged ".repeat(1_000_000));
        LoginOutcome outcome = LoginAnswers.refusal(status).orElseThrow();
        for (String shown : List.of(outcome.message(), outcome.toString())) {
            assertThat(shown).hasSizeLessThan(400).doesNotContain("\n", "\r", "\u001b", "\u202e");
        }
    }

    @Test
    void theAnswersFromTheFieldAreTriedAgainUnlessTheyBlameNameOrPassword() throws IOException {
        for (String later : List.of(
                "minus36607-try-again-later", "minus22411-cannot-be-completed-now", "email-verification-failed")) {
            LoginOutcome outcome = fromTheField(later);
            assertThat(outcome.waitingHelps()).as(later).isTrue();
            assertThat(outcome).as(later).isInstanceOf(LoginOutcome.Refused.class);
            assertThat(outcome.message()).as(later).contains("Try again later");
        }
        LoginOutcome wrong = fromTheField("minus20101-name-or-password");
        assertThat(wrong).isInstanceOf(LoginOutcome.WrongNameOrPassword.class);
        assertThat(wrong.waitingHelps()).isFalse();
        assertThat(wrong.message()).contains("Apple ID or the password", "-20101", "Check both");
    }

    private static LoginOutcome fromTheField(String name) throws IOException {
        try (InputStream file = LoginAnswersTest.class.getResourceAsStream("/sign-in-answers/" + name + ".plist")) {
            return Plists.readDictionary(file.readAllBytes())
                    .flatMap(LoginAnswers::refusal)
                    .orElseThrow();
        }
    }

    @Test
    void aRefusalIsReadAtEveryLevel() {
        NSDictionary status = status(-22406, 401);
        NSDictionary response = new NSDictionary();
        response.put("Status", status);
        NSDictionary complete = new NSDictionary();
        complete.put("Response", response);
        NSDictionary flat = new NSDictionary();
        flat.put("Response", status);
        for (NSDictionary plist : List.of(status, response, complete, flat)) {
            assertThat(LoginAnswers.refusal(plist)).containsInstanceOf(LoginOutcome.WrongPassword.class);
        }
    }

    @Test
    void anUnknownNumberThatPlainlyNeedsAPersonIsNotTriedAgain() {
        assertThat(LoginAnswers.refusal(-1, "This Apple Account has been locked for security reasons."))
                .isInstanceOf(LoginOutcome.AccountLocked.class);
        assertThat(LoginAnswers.refusal(-1, "Your Apple Account or password was incorrect."))
                .isInstanceOf(LoginOutcome.WrongNameOrPassword.class);
        assertThat(LoginAnswers.refusal(-20101L - (1L << 32), "too long a number"))
                .isInstanceOf(LoginOutcome.Refused.class);
    }

    @Test
    void afterAnAcceptedCodeARefusalDoesNotBlameThePassword() {
        for (long code : new long[] {-22406, -20101, -20283}) {
            LoginOutcome outcome = LoginAnswers.afterAcceptedCode(
                    LoginAnswers.refusal(code, "Enter the correct password for this Apple Account."));
            assertThat(outcome).isInstanceOf(LoginOutcome.RefusedAfterCode.class);
            assertThat(outcome.message())
                    .contains("The code was accepted", String.valueOf(code))
                    .doesNotContainIgnoringCase("password");
        }
        LoginOutcome locked = LoginAnswers.refusal(-20209, "locked");
        assertThat(LoginAnswers.afterAcceptedCode(locked)).isSameAs(locked);
    }

    private static void assertMeaning(int code, int httpLike, Class<? extends LoginOutcome> expected) {
        LoginOutcome outcome = LoginAnswers.refusal(status(code, httpLike)).orElseThrow();
        assertThat(outcome).as("%d", code).isInstanceOf(expected);
        assertThat(outcome.message()).contains("the service's words");
    }

    private static NSDictionary status(int code, int httpLike) {
        NSDictionary status = new NSDictionary();
        // Numbers also come as text.
        status.put("ec", String.valueOf(code));
        status.put("hsc", httpLike);
        status.put("em", "the service's words");
        return status;
    }

    @Test
    void refusedCodesAreToldApart() {
        assertThat(code(400, "-21669", true)).isInstanceOf(LoginOutcome.WrongCode.class);
        assertThat(code(423, "-22982", true)).isInstanceOf(LoginOutcome.TooManyCodes.class);
        assertThat(code(423, "-22979", false)).isInstanceOf(LoginOutcome.TooManyCodes.class);
        assertThat(code(423, "-22981", false)).isInstanceOf(LoginOutcome.TooManyCodes.class);
        assertThat(code(500, "-28248", false)).isInstanceOf(LoginOutcome.CodeNotSent.class);
        assertThat(code(412, "-1", false)).isInstanceOf(LoginOutcome.CodeNotSent.class);
        assertThat(answer(401, "", true)).isInstanceOf(LoginOutcome.SignInExpired.class);
        assertThat(answer(400, "no JSON", true)).isInstanceOf(LoginOutcome.WrongCode.class);
        assertThat(answer(502, "", true)).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        assertThat(answer(503, "<html></html>", true)).isInstanceOf(LoginOutcome.ClientRefused.class);
    }

    @Test
    void errorListsAreReadInBothSpellingsAtEveryLevelAndWithAnyStatus() {
        for (String body : List.of(
                "{'serviceErrors':[{'code':'-21669','message':'words'}],'hasError':true}",
                "{'service_errors':[{'code':-21669,'title':'words'}],'hasError':true}",
                "{'phoneNumberVerification':{'serviceErrors':[{'code':'-21669','message':'words'}]}}",
                "<html><script type='application/json' class='boot_args'>"
                        + "{'direct':{'twoSV':{'service_errors':[{'code':'-21669','message':'words'}]}}}</script></html>")) {
            for (int status : new int[] {200, 400, 412}) {
                LoginOutcome outcome = answer(status, body.replace('\'', '"'), true);
                assertThat(outcome).as("%d %s", status, body).isInstanceOf(LoginOutcome.WrongCode.class);
                assertThat(outcome.message()).contains("-21669: words");
            }
        }
        assertThat(answer(200, "{\"hasError\":true}", false)).isInstanceOf(LoginOutcome.CodeNotSent.class);
        assertThat(answer(200, "{\"securityCode\":{\"valid\":false}}", true))
                .isInstanceOf(LoginOutcome.WrongCode.class);
        assertThat(answer(412, "{\"securityCode\":{\"tooManyCodesSent\":true}}", false))
                .isInstanceOf(LoginOutcome.TooManyCodes.class);
        assertThat(answer(423, "", false)).isInstanceOf(LoginOutcome.TooManyCodes.class);
        assertThat(codeRefusal(200, "{\"securityCode\":{\"length\":6},\"hasError\":false,\"serviceErrors\":[]}", true))
                .isEmpty();
        assertThat(codeRefusal(204, "", true)).isEmpty();
    }

    private static LoginOutcome code(int status, String code, boolean entered) {
        return answer(
                status,
                "{\"serviceErrors\":[{\"code\":\"" + code + "\",\"message\":\"words\"}],\"hasError\":true}",
                entered);
    }

    private static LoginOutcome answer(int status, String body, boolean entered) {
        return codeRefusal(status, body, entered).orElseThrow();
    }

    private static Optional<LoginOutcome> codeRefusal(int status, String body, boolean entered) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return LoginAnswers.codeRefusal(PENDING, new HttpAnswer(status, bytes, Map.of()), entered);
    }
}
