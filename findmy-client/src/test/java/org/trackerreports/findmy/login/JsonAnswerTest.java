package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.internal.HttpAnswer;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;

/** Forms of the second factor's answers; the pages follow section 4.9 of the protocol page and what clients of iCloud's web sign-in read. */
class JsonAnswerTest {

    private static JsonAnswer answer(String body) {
        return JsonAnswer.of(new HttpAnswer(200, body.getBytes(StandardCharsets.UTF_8), Map.of()));
    }

    @Test
    void bothNumbersOfTheAnswerFromTheFieldAreFound() throws IOException {
        try (InputStream file = JsonAnswerTest.class.getResourceAsStream("/two-phones/auth-answer.json")) {
            assertThat(answer(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                            .phones())
                    .containsExactly(new Sms(1, "+49 ••• ••••11"), new Sms(2, "+49 ••• ••••22"));
        }
    }

    @Test
    void thePageOfTheProtocolIsRead() {
        JsonAnswer page = answer("""
                <html><head></head><body>
                <script type="application/json" class="boot_args">
                {"direct":{"authenticationType":"hsa2","phoneNumberVerification":{
                  "trustedPhoneNumbers":[{"id":1,"numberWithDialCode":"+49 ••• •••••48","obfuscatedNumber":"••• •••••48","lastTwoDigits":"48","pushMode":"sms"}],
                  "trustedPhoneNumber":{"id":1,"numberWithDialCode":"+49 ••• •••••48","lastTwoDigits":"48","pushMode":"sms"},
                  "securityCode":{"length":6,"tooManyCodesSent":false,"tooManyCodesValidated":false,"securityCodeLocked":false,"securityCodeCooldown":false},
                  "mode":"sms","type":"verification"}}}
                </script></body></html>
                """);
        assertThat(page.phones()).containsExactly(new Sms(1, "+49 ••• •••••48"));
        assertThat(page.error()).isEmpty();
        assertThat(page.tooManyCodes()).isFalse();
    }

    @Test
    void thePageOfTheWebSignInIsRead() {
        JsonAnswer page = answer("<!DOCTYPE html><script class='other'>{\"id\":7}</script>"
                + "<script class=\"boot_args\" type=\"application/json\">{\"additional\":{}}</script>"
                + "<SCRIPT CLASS='boot_args'>{\"direct\":{\"hasTrustedDevices\":false,\"twoSV\":{\"phoneNumberVerification\":"
                + "{\"trustedPhoneNumbers\":[{\"id\":\"4\",\"obfuscatedNumber\":\"•••• ••63\"},{\"id\":2,\"lastTwoDigits\":\"24\"},"
                + "{\"id\":9,\"numberWithDialCode\":\"+852 •••• ••08\",\"nonFTEU\":true}]}}}}</SCRIPT>");
        assertThat(page.phones())
                .containsExactly(
                        new Sms(4, "•••• ••63"),
                        new Sms(2, "the number that ends in 24"),
                        new Sms(9, "+852 •••• ••08"));
        assertThat(page.hasNoDevices()).isTrue();
    }

    @Test
    void aSingleNumberAndNoNumbersAreTold() {
        assertThat(answer("{\"trustedPhoneNumber\":{\"id\":3,\"numberWithDialCode\":\"+1 (•••) •••-••81\"}}")
                        .phones())
                .containsExactly(new Sms(3, "+1 (•••) •••-••81"));
        assertThat(answer("{\"trustedPhoneNumbers\":[]}").phones()).isEmpty();
        assertThat(answer("{\"trustedPhoneNumbers\":[]}").readable()).isTrue();
        for (String unreadable : new String[] {
            "",
            "[]",
            "null",
            "{",
            "<html>no script</html>",
            "<script class='boot_args'>{",
            "<script class='boot_args'>{</script>"
        }) {
            assertThat(answer(unreadable).readable()).as(unreadable).isFalse();
            assertThat(answer(unreadable).phones()).as(unreadable).isEmpty();
        }
    }

    @Test
    void aHostilePageCostsNoMoreThanItsLength() {
        String page = "<script".repeat(100_000);
        assertThat(answer(page).readable()).isFalse();
        assertThatCode(() -> answer("{\"a\":".repeat(100_000)).phones()).doesNotThrowAnyException();
    }
}
