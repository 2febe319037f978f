package org.trackerreports.queue;

import java.time.Duration;
import java.time.Instant;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Stands in for Redis' time: the scripts of a test read it from a key, and it moves only when told to. */
final class MovableTime {

    private static final String KEY = "{movable-time}";

    /** Takes the place of time.lua. A key of its own, so it works on a single server only. */
    static final String LUA = """
            local function clock()
              local t = tonumber(redis.call('GET', '%s'))
              return t, t * 1000
            end
            """.formatted(KEY);

    private final RedissonClient redisson;

    MovableTime(RedissonClient redisson) {
        this.redisson = redisson;
        set(Instant.parse("2026-11-01T00:00:00Z"));
    }

    void set(Instant instant) {
        redisson.getBucket(KEY, StringCodec.INSTANCE).set(String.valueOf(instant.toEpochMilli()));
    }

    Instant now() {
        return Instant.ofEpochMilli(Long.parseLong(
                (String) redisson.getBucket(KEY, StringCodec.INSTANCE).get()));
    }

    void pass(Duration duration) {
        set(now().plus(duration));
    }
}
