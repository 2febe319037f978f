package org.trackerreports.findmy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void encodesAsTheJdkDoes() {
        for (String text : List.of("", "password", "ü", "日本語", "😀😀", "a\uD800b", "\uDC00")) {
            assertThat(Utf8.bytes(text.toCharArray())).as(text).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void leavesTheTextAsItIs() {
        char[] text = "password".toCharArray();
        Utf8.bytes(text);
        assertThat(text).containsExactly("password".toCharArray());
    }
}
