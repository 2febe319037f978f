package org.trackerreports.queue;

import java.util.List;
import java.util.stream.Stream;

/** Runs scripts on the keys of one queue. Thread-safe. */
final class QueueScripts {

    private final Scripts scripts;
    private final List<Object> keys;
    private final long heartbeatTimeoutMillis;

    QueueScripts(QueueSettings settings, Scripts scripts) {
        this.scripts = scripts;
        // In the order in which records.lua names them.
        this.keys = Stream.of(
                        "records",
                        "due",
                        "leased",
                        "held",
                        "paused",
                        "parked",
                        "failing",
                        "workers",
                        "meta",
                        "counters",
                        "lock",
                        "seen")
                .<Object>map(name -> RedisNames.key(settings.prefix(), name))
                .toList();
        this.heartbeatTimeoutMillis = settings.heartbeatTimeout().toMillis();
    }

    ScriptResult run(Script script, Object... arguments) {
        return scripts.run(script, keys, arguments);
    }

    /** The heartbeat timeout (ms), which most scripts take as an argument. */
    long heartbeatTimeout() {
        return heartbeatTimeoutMillis;
    }

    QueueEvents events() {
        return scripts.events();
    }
}
