package org.trackerreports.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {

    @ParameterizedTest
    @CsvSource({
        "call again, call again.",
        "call again., call again.",
        "call again.. , call again.",
        "call again;, call again.",
        "Really?, Really?",
        "No!, No!"
    })
    void oneMarkEndsASentence(String text, String ended) {
        assertThat(Sentences.ended(text)).isEqualTo(ended);
    }
}
