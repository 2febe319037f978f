package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trackerreports.benchmarks.kernel.DecryptionTopic;
import org.trackerreports.benchmarks.kernel.KeyTopic;
import org.trackerreports.benchmarks.pipeline.GrowthTopic;
import org.trackerreports.benchmarks.pipeline.PipelineTopic;
import org.trackerreports.benchmarks.queue.QueueTopic;
import org.trackerreports.benchmarks.store.StoreTopic;

/** Every topic runs, on sizes that say nothing: whether it measures is tested, not what. */
class TopicsTest {

    private static final Effort TINY = new Effort(
            1, Duration.ofMillis(90), Duration.ofMillis(90), 2_000, 5_000, 6_000, 128, List.of(64, 128), 64, 64);

    @TempDir
    private Path directory;

    private List<Comparison> measure(Topic topic) throws Exception {
        List<Comparison> comparisons = new ArrayList<>();
        Setting setting =
                new Setting(TINY, Optional.empty(), Optional.empty(), directory, new PrintWriter(System.out, true));
        topic.measure(setting, comparisons::add);
        assertThat(comparisons).allSatisfy(comparison -> {
            assertThat(comparison.own().median()).isPositive();
            assertThat(comparison.other().median()).isPositive();
        });
        return comparisons;
    }

    static Stream<Arguments> quickTopics() {
        return Stream.of(
                Arguments.of(new DecryptionTopic(), 1),
                Arguments.of(new KeyTopic(), 2),
                Arguments.of(new QueueTopic(), 2),
                Arguments.of(new StoreTopic(), 5));
    }

    static Stream<Arguments> slowTopics() {
        return Stream.of(Arguments.of(new PipelineTopic(), 3), Arguments.of(new GrowthTopic(), 2));
    }

    @ParameterizedTest
    @MethodSource("quickTopics")
    void measures(Topic topic, int comparisons) throws Exception {
        assertThat(measure(topic)).hasSize(comparisons);
    }

    @ParameterizedTest
    @MethodSource("slowTopics")
    @Tag("long")
    void measuresForLong(Topic topic, int comparisons) throws Exception {
        assertThat(measure(topic)).hasSize(comparisons);
    }
}
