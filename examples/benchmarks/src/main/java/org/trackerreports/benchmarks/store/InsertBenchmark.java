package org.trackerreports.benchmarks.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.trackerreports.store.report.InsertResult;
import org.trackerreports.store.report.NewReport;
import org.trackerreports.store.report.Position;

/** Stores 500 new reports in one transaction: as the store does, and by the statement of the original system, row by row. */
@State(Scope.Benchmark)
public class InsertBenchmark extends StoreBenchmark {

    private static final int BATCH = 500;
    private static final Duration WEEK = Duration.ofDays(7);

    private final Random random = new Random();
    private final Instant now = Clock.systemUTC().instant();
    private List<NewReport> batch;

    /** Generates new reports. */
    @Setup(Level.Invocation)
    public void makeUp() {
        batch = Stream.generate(() -> world.newReport(random, now, WEEK))
                .limit(BATCH)
                .toList();
    }

    /** As the store does. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public InsertResult batch() {
        return world.insert(batch);
    }

    /** By the original statement, with one commit at the end. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void original() throws SQLException {
        try (Connection connection = world.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(OriginalStatement.SQL)) {
            connection.setAutoCommit(false);
            for (NewReport report : batch) {
                Position position = report.content().position().orElseThrow();
                OriginalStatement.bind(
                        statement,
                        report.hashedAdvKey(),
                        Timestamp.from(report.timestamp()),
                        position.latitude(),
                        position.longitude(),
                        report.content().confidence(),
                        report.content().horizontalAccuracy().orElseThrow(),
                        report.content().nearestCity().orElseThrow());
                statement.executeUpdate();
            }
            connection.commit();
        }
    }
}
