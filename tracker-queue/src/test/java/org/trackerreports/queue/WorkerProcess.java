package org.trackerreports.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.redisson.api.RedissonClient;

/**
 * A worker in a process of its own, to be killed. Prints {@code working ID TOKEN} when it has leased an id and
 * {@code done ID TOKEN} when its completion was accepted.
 */
final class WorkerProcess {

    static final Duration LEASE = Duration.ofSeconds(40);
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(3);

    private WorkerProcess() {}

    static QueueSettings settings() {
        return QueueSettings.builder("killed")
                .interval(Duration.ofSeconds(1))
                .lease(LEASE)
                .heartbeatTimeout(HEARTBEAT_TIMEOUT)
                .callTimeout(Duration.ofSeconds(10))
                .build();
    }

    /**
     * @param args Redis URL, worker's name, number of ids to claim at a time
     */
    public static void main(String[] args) {
        RedissonClient redisson = TestRedisson.connect(args[0]);
        TrackerQueue queue = new TrackerQueue(redisson, settings());
        WorkerId worker = new WorkerId(args[1]);
        int atMost = Integer.parseInt(args[2]);
        while (true) {
            queue.heartbeat(worker);
            queue.reclaim();
            List<Lease> leases = queue.claim(worker, atMost);
            leases.forEach(lease -> System.out.println("working " + lease.id() + " " + lease.token()));
            for (Lease lease : leases) {
                // The work.
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                queue.heartbeat(worker);
                if (queue.complete(lease, Completion.FOUND)) {
                    System.out.println("done " + lease.id() + " " + lease.token());
                }
            }
            if (leases.isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }
}
