package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Apple IDs and codes as people type and paste them. */
class TypedTextsTest {

    @Test
    void blanksAroundAnAppleIdAreLeftOut() {
        for (String pasted : List.of(
                " user@example.com ",
                "\tuser@example.com\r\n",
                "\u00a0user@example.com\u200b",
                "\ufeffuser@example.com")) {
            assertThat(Credentials.of(pasted, "x".toCharArray()).accountName())
                    .as("%s", pasted.chars().boxed().toList())
                    .isEqualTo("user@example.com");
            assertThat(Credentials.ofDigest(pasted, new byte[32]).accountName()).isEqualTo("user@example.com");
        }
        assertThat(AppleIds.withoutBlanks("first last@example.com")).isEqualTo("first last@example.com");
        assertThatThrownBy(() -> Credentials.of(" \u00a0", "x".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlySixDigitsAreACode() {
        assertThat(VerificationCode.of("123456")).contains("123456");
        assertThat(VerificationCode.of(" 123 456\n")).contains("123456");
        assertThat(VerificationCode.of("123-456")).contains("123456");
        assertThat(VerificationCode.of("\u0661\u0662\u0663\u0664\u0665\u0666")).contains("123456");
        for (String wrong : List.of("12345", "1234567", "", "12345o", "123456.", "-")) {
            assertThat(VerificationCode.of(wrong)).as(wrong).isEmpty();
        }
        assertThat(VerificationCode.problem("12345"))
                .isEqualTo("A verification code has 6 digits; found 5 digits.")
                .doesNotContain("12345");
        assertThat(VerificationCode.problem("1234o"))
                .isEqualTo("A verification code has 6 digits; found 4 digits and other characters.");
    }
}
