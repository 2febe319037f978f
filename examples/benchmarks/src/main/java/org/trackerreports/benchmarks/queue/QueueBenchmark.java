package org.trackerreports.benchmarks.queue;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.api.RedissonClient;
import org.trackerreports.benchmarks.LocalServers;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;

/** Claims 64 due trackers and completes them, on a queue that is filled already. */
@State(Scope.Benchmark)
public class QueueBenchmark {

    /** Announced: Redis' address. */
    static final String REDIS = "redis";

    /** Announced: the queue's name. */
    static final String QUEUE = "queue";

    private static final int AT_A_TIME = 64;
    private static final WorkerId WORKER = new WorkerId("bench");

    private RedissonClient redisson;
    private TrackerQueue queue;

    /** Connects. */
    @Setup
    public void connect() {
        redisson = RedisClients.connect(LocalServers.announced(REDIS));
        queue = new TrackerQueue(redisson, QueueTopic.settings(LocalServers.announced(QUEUE)));
        queue.heartbeat(WORKER);
    }

    /** Leaves. */
    @TearDown
    public void disconnect() {
        queue.leave(WORKER);
        redisson.shutdown();
    }

    /** One round. What is completed is due again after a millisecond. */
    @Benchmark
    @OperationsPerInvocation(AT_A_TIME)
    public List<Boolean> claimAndComplete() {
        while (true) {
            List<Lease> leases = queue.claim(WORKER, AT_A_TIME);
            List<Boolean> accepted = queue.complete(leases, Completion.FOUND);
            // Fewer are due only while the very first have their turn; such a round is done again.
            if (accepted.size() == AT_A_TIME) {
                return accepted;
            }
        }
    }
}
