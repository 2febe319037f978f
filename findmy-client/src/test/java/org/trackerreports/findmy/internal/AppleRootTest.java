package org.trackerreports.findmy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AppleRootTest {

    @Test
    void isTheKeyThatApplePublishes() {
        assertThat(HexFormat.of().formatHex(Digests.sha256(AppleRoot.encodedPublicKey())))
                .isEqualTo("eb4993efa9b089e593418aa893f8e93a7374d810e52fcbe01e7f1d7e92a6d024");
        assertThat(AppleRoot.trustManager()).isNotNull();
    }
}
