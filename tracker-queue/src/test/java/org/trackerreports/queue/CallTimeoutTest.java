package org.trackerreports.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisNoScriptException;
import org.redisson.misc.CompletableFutureWrapper;

/** A Redis that never answers: how often it is asked, and how long a call waits for it. No time passes. */
class CallTimeoutTest {

    private static final Duration CALL_TIMEOUT = Duration.ofMillis(400);
    private static final WorkerId ANNE = new WorkerId("anne");
    private static final BudgetRule RULE = new BudgetRule(Duration.ZERO, 10, Duration.ofHours(1), 0);

    /** The commands that were sent. */
    private final List<Command> commands = new ArrayList<>();

    private boolean knowsNoScripts;

    /** An answer that never comes, and that knows how long it was waited for. */
    private static final class Command extends CompletableFuture<Object> {
        final String name;
        final boolean isUnknownScript;
        Duration waited;

        Command(String name, boolean isUnknownScript) {
            this.name = name;
            this.isUnknownScript = isUnknownScript;
        }

        @Override
        public Object get(long timeout, TimeUnit unit) throws ExecutionException, TimeoutException {
            waited = Duration.ofNanos(unit.toNanos(timeout));
            if (isUnknownScript) {
                throw new ExecutionException(new RedisNoScriptException("NOSCRIPT"));
            }
            throw new TimeoutException();
        }
    }

    private RedissonClient redisson() {
        RScript scripts = proxy(RScript.class, name -> {
            Command command = new Command(name, knowsNoScripts && name.equals("evalShaAsync"));
            commands.add(command);
            return new CompletableFutureWrapper<>(command);
        });
        return proxy(RedissonClient.class, name -> scripts);
    }

    private interface Answer {
        Object to(String method);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName())));
    }

    @Test
    void eachCallAsksOnceAndWaitsNoLongerThanItMay() {
        QueueSettings settings =
                QueueSettings.builder("test").callTimeout(CALL_TIMEOUT).build();
        TrackerQueue queue = new TrackerQueue(redisson(), settings, QueueListener.NONE, new Random(1));
        RequestBudgets budgets = new RequestBudgets(redisson(), "test", CALL_TIMEOUT, QueueListener.NONE);
        Lease lease = new Lease("id1", ANNE, 1, Instant.EPOCH, Instant.EPOCH, 1, 0, 0, 1);
        for (Runnable call : Calls.all(queue, lease, Stream::of, budgets, RULE)) {
            commands.clear();
            assertThatThrownBy(call::run)
                    .isInstanceOf(QueueUnavailableException.class)
                    .hasMessageContaining("Redis did not answer within 0.4 s")
                    .hasMessageContaining("Check that Redis runs");
            assertThat(commands).hasSize(1);
            assertThat(commands.get(0).waited).isPositive().isLessThanOrEqualTo(CALL_TIMEOUT);
            assertThat(commands.get(0))
                    .as("a command that still waits for a connection is not sent later")
                    .isCancelled();
        }
    }

    @Test
    void aScriptThatIsSentAgainSharesTheTimeOfItsCall() {
        knowsNoScripts = true;
        RequestBudgets budgets = new RequestBudgets(redisson(), "test", CALL_TIMEOUT, QueueListener.NONE);
        assertThatThrownBy(() -> budgets.state("account", RULE)).isInstanceOf(QueueUnavailableException.class);
        assertThat(commands).extracting(command -> command.name).containsExactly("evalShaAsync", "evalAsync");
        assertThat(commands.get(1).waited).isPositive().isLessThan(commands.get(0).waited);
    }
}
