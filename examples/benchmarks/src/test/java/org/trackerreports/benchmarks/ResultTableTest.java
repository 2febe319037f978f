package org.trackerreports.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trackerreports.benchmarks.Comparison.Kind;

/** The figures of a table, against what was worked out by hand. */
class ResultTableTest {

    @Test
    void showsMediansSpreadsAndRatiosRoundByRound() {
        Comparison rate = new Comparison(
                "work",
                "things/s",
                Kind.RATE,
                new Series("ours", 3_000, 1_000, 2_200),
                new Series("theirs", 1_000, 500, 1_100));
        Comparison time = new Comparison("start", "s", Kind.TIME, new Series("ours", 0.5), new Series("theirs", 1.25));
        Comparison cost =
                new Comparison("memory", "MB", Kind.COST, new Series("many", 110, 90), new Series("few", 100, 100));

        Comparison once = new Comparison("update", "s", Kind.TIME, new Series("new", 2, 4, 8), new Series("all", 16));

        String table = ResultTable.of(List.of(rate, time, cost, once), List.of("a machine"));

        assertThat(table).isEqualTo("""
                        * a machine

                        | what | unit | measured | compared with | measured | ratio |
                        |---|---|---|---|---|---|
                        | work | things/s | 2,200 (1,000 to 3,000) | theirs | 1,000 (500 to 1,100) | 2.00 (2.00 to 3.00) times as fast |
                        | start | s | 0.50 | theirs | 1.25 | 2.50 times as fast |
                        | memory | MB | 100 (90.0 to 110) | few | 100 (100 to 100) | 1.00 (0.90 to 1.10) times as much |
                        | update | s | 4.00 (2.00 to 8.00) | all | 16.0 | 4.00 (2.00 to 8.00) times as fast |
                        """);
    }
}
