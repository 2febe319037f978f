package org.trackerreports.queue;

import java.util.List;
import java.util.stream.Stream;

/** Runs scripts on the keys of one queue, by its settings. Thread-safe. */
final class QueueScripts {

    private final QueueSettings settings;
    private final Scripts scripts;
    private final List<Object> keys;

    QueueScripts(QueueSettings settings, Scripts scripts) {
        this.settings = settings;
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
    }

    ScriptResult run(Script script, Object... arguments) {
        return scripts.run(script, keys, arguments);
    }

    /** The heartbeat timeout (ms), which most scripts take as an argument. */
    long heartbeatTimeout() {
        return settings.heartbeatTimeout().toMillis();
    }

    QueueSettings settings() {
        return settings;
    }

    QueueEvents events() {
        return scripts.events();
    }
}
