package org.trackerreports.tools.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;
import org.trackerreports.findmy.login.SecondFactorMethod.TrustedDevice;

class WaysToGetCodeTest {

    private static final SecondFactorMethod DEVICE = new TrustedDevice();
    private static final Sms FIRST = new Sms(1, "+49 ••• ••••11");
    private static final Sms SECOND = new Sms(2, "+49 ••• ••••22");
    private static final Sms LIKE_THE_SECOND = new Sms(7, "+1 (•••) •••-••22");
    private static final WaysToGetCode WAYS = new WaysToGetCode(List.of(DEVICE, FIRST, SECOND, LIKE_THE_SECOND));

    @Test
    void aPhoneIsChosenByItsIdOrByTheEndOfItsNumber() {
        assertThat(WAYS.byPhone("2").methods()).containsExactly(SECOND);
        assertThat(WAYS.byPhone(" 1 ").methods()).containsExactly(FIRST);
        assertThat(WAYS.byPhone("11").methods()).containsExactly(FIRST);
        assertThat(WAYS.byPhone("…11").methods()).containsExactly(FIRST);
        assertThat(WAYS.byPhone("+49 151 2345 6711").methods()).containsExactly(FIRST);
        assertThat(WAYS.byPhone("22").methods()).containsExactly(SECOND, LIKE_THE_SECOND);
        assertThat(WAYS.byPhone("7").methods()).containsExactly(LIKE_THE_SECOND);
        for (String none : List.of("3", "33", "", "mine", "4")) {
            assertThat(WAYS.byPhone(none).methods()).as(none).isEmpty();
        }
    }

    @Test
    void theListShowsEachWayWithItsOption() {
        assertThat(WAYS.listed().lines())
                .containsExactly(
                        "  1  a code on your Apple devices  (--second-factor trusted-device)",
                        "  2  a text message to +49 ••• ••••11  (--phone 1)",
                        "  3  a text message to +49 ••• ••••22  (--phone 2)",
                        "  4  a text message to +1 (•••) •••-••22  (--phone 7)");
    }

    @Test
    void anAnswerIsANumberOfTheListOrTheEndOfOnePhoneNumber() {
        assertThat(WAYS.answered("1")).contains(DEVICE);
        assertThat(WAYS.answered("3")).contains(SECOND);
        assertThat(WAYS.answered("11")).contains(FIRST);
        assertThat(WAYS.answered("22")).isEmpty();
        assertThat(WAYS.answered("5")).isEmpty();
        assertThat(WAYS.answered("x")).isEmpty();
    }
}
