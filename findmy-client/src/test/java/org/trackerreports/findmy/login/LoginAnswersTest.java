package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSDictionary;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.internal.HttpAnswer;

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
        assertMeaning(-20101, 200, LoginOutcome.WrongAccountName.class);
        assertMeaning(-20283, 200, LoginOutcome.WrongAccountName.class);
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
        assertThat(answer(401, "", true)).isInstanceOf(LoginOutcome.Refused.class);
        assertThat(answer(400, "no JSON", true)).isInstanceOf(LoginOutcome.WrongCode.class);
        assertThat(answer(502, "", true)).isInstanceOf(LoginOutcome.ServiceUnavailable.class);
        assertThat(answer(503, "<html></html>", true)).isInstanceOf(LoginOutcome.ClientRefused.class);
    }

    private static LoginOutcome code(int status, String code, boolean entered) {
        return answer(
                status,
                "{\"serviceErrors\":[{\"code\":\"" + code + "\",\"message\":\"words\"}],\"hasError\":true}",
                entered);
    }

    private static LoginOutcome answer(int status, String body, boolean entered) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Request request = Request.create(
                Request.HttpMethod.POST, "https://localhost", Map.of(), null, StandardCharsets.UTF_8, null);
        Response response = Response.builder().status(status).request(request).build();
        return LoginAnswers.codeRefusal(PENDING, new HttpAnswer(status, bytes, response), entered);
    }
}
