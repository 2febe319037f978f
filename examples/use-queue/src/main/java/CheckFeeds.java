import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.redisson.api.RedissonClient;
import org.trackerreports.queue.Completion;
import org.trackerreports.queue.Fault;
import org.trackerreports.queue.Lease;
import org.trackerreports.queue.QueueEntry;
import org.trackerreports.queue.QueueSettings;
import org.trackerreports.queue.RedisClients;
import org.trackerreports.queue.TrackerQueue;
import org.trackerreports.queue.WorkerId;

/**
 * Checks web feeds every 15 minutes, each by one of the processes that run this program. Arguments: the URL of Redis, and the URLs of
 * the feeds. Ends when none is due within a minute.
 */
public final class CheckFeeds {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws InterruptedException {
        RedissonClient redis = RedisClients.connect(arguments[0], Duration.ofSeconds(10));
        QueueSettings settings = QueueSettings.builder("feeds")
                .interval(Duration.ofMinutes(15))
                .heartbeatTimeout(Duration.ofSeconds(10)) // Longer than one feed takes.
                .callTimeout(Duration.ofSeconds(10))
                .build();
        TrackerQueue queue = new TrackerQueue(redis, settings);
        WorkerId me = new WorkerId("process-" + ProcessHandle.current().pid());
        queue.initialiseIfEmpty(
                () -> Arrays.stream(arguments, 1, arguments.length).map(QueueEntry::of));
        Optional<Duration> wait = queue.untilNextDue();
        while (wait.isPresent() && wait.get().compareTo(PATIENCE) < 0) {
            Thread.sleep(wait.get().toMillis());
            if (queue.heartbeat(me)) {
                queue.reclaim(); // What a process left behind that was killed.
            }
            for (Lease lease : queue.claim(me, 1)) {
                check(queue, lease);
            }
            wait = queue.untilNextDue();
        }
        queue.leave(me);
        redis.shutdown();
    }

    private static void check(TrackerQueue queue, Lease lease) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(lease.id()))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
            queue.complete(lease, status == 200 ? Completion.FOUND : Completion.NOTHING_FOUND);
            System.out.println(lease.id() + " answered " + status);
        } catch (IOException e) {
            queue.fail(lease, "no answer", Fault.TRACKER);
            System.out.println(lease.id() + " did not answer; it is tried again later");
        }
    }
}
