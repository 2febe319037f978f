package org.trackerreports.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    /** Escape, bell, line ends, C1, directions of writing, invisible blanks, tags, half a character. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b", "\u0007", "\r", "\n", "\u0085", "\u009b", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028",
                "\u00ad", "\ud800"
            })
    void replacesWhatCanForgeOrHideText(String unsafe) {
        assertThat(Printable.of("a" + unsafe + "b")).isEqualTo("a\ufffdb");
    }

    @Test
    void keepsEveryLanguageAndEmoji() {
        for (String name : new String[] {"Zoës Fahrrad 🚲", "👩‍👧", "自転車", "مفاتيح"}) {
            assertThat(Printable.of(name)).isEqualTo(name);
        }
    }

    @Test
    void cutsALongTextOfSomebodyElse() {
        assertThat(Printable.brief("x".repeat(15_000_000))).hasSize(201).endsWith("x…");
        assertThat(Printable.brief("x".repeat(199) + "🚲")).isEqualTo("x".repeat(199) + "…");
    }
}
