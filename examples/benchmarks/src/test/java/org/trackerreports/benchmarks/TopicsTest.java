package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trackerreports.benchmarks.judging.JudgingTopic;
import org.trackerreports.benchmarks.kernel.DecryptionTopic;
import org.trackerreports.benchmarks.kernel.KeyTopic;
import org.trackerreports.benchmarks.latest.LatestTopic;
import org.trackerreports.benchmarks.movement.MovementTopic;
import org.trackerreports.benchmarks.pipeline.GrowthTopic;
import org.trackerreports.benchmarks.pipeline.PipelineTopic;
import org.trackerreports.benchmarks.queue.QueueTopic;
import org.trackerreports.benchmarks.reading.ReadingTopic;
import org.trackerreports.benchmarks.serve.ServeTopic;
import org.trackerreports.benchmarks.sinks.SinksTopic;
import org.trackerreports.benchmarks.store.StoreTopic;

/** Every topic runs, on sizes that say nothing: whether it measures is tested, not what. */
class TopicsTest {

    private static final Effort TINY = new Effort(
            1,
            Duration.ofMillis(90),
            Duration.ofMillis(90),
            2_000,
            5_000,
            30_000,
            6_000,
            128,
            List.of(64, 128),
            64,
            64);

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

    @Test
    void measuresDecryption() throws Exception {
        assertThat(measure(new DecryptionTopic())).hasSize(1);
    }

    @Test
    void measuresKeys() throws Exception {
        assertThat(measure(new KeyTopic())).hasSize(2);
    }

    @Test
    void measuresMovement() throws Exception {
        assertThat(measure(new MovementTopic())).hasSize(3);
    }

    @Test
    void measuresTheQueue() throws Exception {
        assertThat(measure(new QueueTopic())).hasSize(2);
    }

    @Test
    void measuresTheStore() throws Exception {
        assertThat(measure(new StoreTopic())).hasSize(5);
    }

    @Test
    void measuresLatestPositions() throws Exception {
        assertThat(measure(new LatestTopic())).hasSize(3);
    }

    @Test
    void measuresServing() throws Exception {
        assertThat(measure(new ServeTopic())).hasSize(9);
    }

    @Test
    void measuresReading() throws Exception {
        assertThat(measure(new ReadingTopic())).hasSize(7);
    }

    @Test
    void measuresJudging() throws Exception {
        assertThat(measure(new JudgingTopic())).hasSize(2);
    }

    @Test
    void measuresSinks() throws Exception {
        assertThat(measure(new SinksTopic())).hasSize(5);
    }

    @Test
    @Tag("long")
    void measuresThePipeline() throws Exception {
        assertThat(measure(new PipelineTopic())).hasSize(3);
    }

    @Test
    @Tag("long")
    void measuresGrowth() throws Exception {
        assertThat(measure(new GrowthTopic())).hasSize(2);
    }
}
