package org.trackerreports.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.codec.StringCodec;

/**
 * Runs the Lua files. Calls a script by its digest and sends the text only when Redis does not know it. Every failure to reach Redis
 * becomes a {@link QueueUnavailableException}. Thread-safe.
 */
final class Scripts {

    private static final String REDIS_TIME = text("time.lua");

    private final RScript redis;
    private final long timeoutNanos;
    private final QueueEvents events;
    private final Map<Script, Loaded> loaded = new EnumMap<>(Script.class);

    private record Loaded(String text, String digest) {}

    Scripts(RedissonClient redisson, Duration callTimeout, QueueListener listener) {
        this(redisson, callTimeout, listener, REDIS_TIME);
    }

    /**
     * Makes scripts with another clock.
     *
     * @param time Lua text that defines {@code clock()} like time.lua, so that tests can move the time
     */
    Scripts(RedissonClient redisson, Duration callTimeout, QueueListener listener, String time) {
        this.redis = redisson.getScript(StringCodec.INSTANCE);
        this.timeoutNanos = callTimeout.toNanos();
        this.events = new QueueEvents(listener);
        String records = text("records.lua");
        String budgets = text("budgets.lua");
        for (Script script : Script.values()) {
            String text = time + (script.ofQueue() ? records : budgets) + text(script.file() + ".lua");
            loaded.put(script, new Loaded(text, sha1(text)));
        }
    }

    QueueEvents events() {
        return events;
    }

    /** Runs a script, always on the master: a replica may not have the latest writes yet. */
    ScriptResult run(Script script, List<Object> keys, Object... arguments) {
        Loaded lua = Objects.requireNonNull(loaded.get(script), script.file());
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            return new ScriptResult(await(
                    redis.evalShaAsync(RScript.Mode.READ_WRITE, lua.digest(), RScript.ReturnType.LIST, keys, arguments),
                    deadline));
        } catch (RedisNoScriptException unknown) {
            return runText(script, lua, keys, arguments, deadline);
        } catch (RedisException | TimeoutException e) {
            throw unavailable(script, e);
        }
    }

    private ScriptResult runText(Script script, Loaded lua, List<Object> keys, Object[] arguments, long deadline) {
        try {
            return new ScriptResult(await(
                    redis.evalAsync(RScript.Mode.READ_WRITE, lua.text(), RScript.ReturnType.LIST, keys, arguments),
                    deadline));
        } catch (RedisException | TimeoutException e) {
            throw unavailable(script, e);
        }
    }

    private static List<?> await(RFuture<List<?>> future, long deadline) throws TimeoutException {
        try {
            return future.toCompletableFuture().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // A command that still waits for a connection must not be sent when nobody waits for its result any longer.
            future.cancel(true);
            throw e;
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted while waiting for Redis", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisException known) {
                throw known;
            }
            throw new RedisException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    private QueueUnavailableException unavailable(Script script, Exception cause) {
        events.emit(QueueListener::unavailable);
        String found = cause instanceof TimeoutException
                ? "Redis did not answer within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) / 1_000.0 + " s"
                : "Redis cannot be used: " + RedisProblem.of(cause).sentence();
        return new QueueUnavailableException(
                found + " (asked to \"" + script.file()
                        + "\"). Check that Redis runs and can be reached; then call again.",
                cause);
    }

    private static String text(String file) {
        try (InputStream in = Scripts.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the resource " + file + " is missing next to " + Scripts.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
