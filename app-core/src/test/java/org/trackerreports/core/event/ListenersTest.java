package org.trackerreports.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void aListenerThatThrowsDisturbsNeitherTheWorkNorTheOthers() {
        List<String> told = new ArrayList<>();
        Consumer<String> bad = event -> {
            throw new IllegalStateException("made up");
        };
        Listeners<Consumer<String>> both = new Listeners<>(new LinkedHashSet<>(List.of(bad, told::add)));

        both.tell(listener -> listener.accept("first"));
        both.tell(listener -> listener.accept("second"));

        assertThat(told).containsExactly("first", "second");
    }
}
