package org.trackerreports.findmy.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trackerreports.findmy.anisette.DeviceIdentity;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;
import org.trackerreports.findmy.login.SecondFactorMethod.TrustedDevice;

class SessionCodecTest {

    private static final Session SESSION = new Session(
            "owner@example.com",
            "20123456789",
            "AAAABLwIAAAAAGexample",
            DeviceIdentity.random(),
            "0011223344556677",
            Instant.parse("2026-01-01T12:00:00Z"));

    @Test
    void keepsASession() {
        byte[] bytes = SessionCodec.write(SESSION);
        assertThat(SessionCodec.readSession(bytes)).isEqualTo(SESSION);
        assertThat(SessionCodec.isPending(bytes)).isFalse();
    }

    @Test
    void keepsAPendingSignIn() {
        Sms sms = new Sms(2, "+49 ••• •••••48");
        PendingLogin pending = new PendingLogin(
                "owner@example.com",
                SESSION.identity(),
                "dG9rZW4=",
                List.of(new TrustedDevice(), sms),
                Optional.of(sms));
        byte[] bytes = SessionCodec.write(pending);
        assertThat(SessionCodec.readPending(bytes)).isEqualTo(pending);
        assertThat(SessionCodec.isPending(bytes)).isTrue();
    }

    @Test
    void refusesWhatIsNoSessionWithoutRepeatingIt() {
        byte[] secretGarbage = "secret garbage".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SessionCodec.readSession(secretGarbage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("garbage")
                .hasNoCause();
        assertThatThrownBy(() -> SessionCodec.readSession("{\"type\":\"session\"}".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("accountName");
    }

    @Test
    void showsNoSecret() {
        assertThat(SESSION.toString()).doesNotContain("AAAABLwI", "20123456789", "owner");
    }
}
