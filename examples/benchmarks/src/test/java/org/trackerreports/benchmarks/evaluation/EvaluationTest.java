package org.trackerreports.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A small evaluation holds the goals, with room for chance; {@code docs/movement.md} has the large one. */
class EvaluationTest {

    @Test
    void wrongPositionsAreFoundAndRightOnesKept() {
        Evaluation evaluation = new Evaluation(List.of(5_000L), 3, 28);

        Score ours = evaluation.of(OutlierRule.LABELLED);
        assertThat(ours.recallOfLargeErrors()).isGreaterThan(0.9);
        assertThat(ours.precision()).isGreaterThan(0.85);
        assertThat(ours.rightFlagged()).isLessThan(0.002);
        assertThat(ours.recallOfLargeErrors())
                .isGreaterThan(evaluation.of(OutlierRule.TRACCAR).recallOfLargeErrors());
        assertThat(evaluation.of(OutlierRule.NONE).recallOfLargeErrors()).isZero();
        assertThat(evaluation.text()).contains("| this project, no label |", "| van round |");
    }
}
