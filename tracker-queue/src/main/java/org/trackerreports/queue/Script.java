package org.trackerreports.queue;

import java.util.Locale;

/** The Lua files. The head comment of each states its purpose, arguments and result. */
enum Script {
    CLAIM,
    EXTEND,
    GIVE_BACK,
    RECLAIM,
    HEARTBEAT,
    LEAVE,
    HELD,
    BEGIN,
    ADD,
    SWEEP,
    DROP,
    FINISH,
    REQUEUE,
    REQUEUE_ALL,
    REMOVE,
    PAUSE,
    PAUSE_ALL,
    STATISTICS,
    DETAILS,
    LIST,
    BUDGET_TAKE,
    BUDGET_END,
    BUDGET_RESTORE,
    BUDGET_COOL_DOWN,
    BUDGET_STATES;

    private final String file = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name of the file without its ending. */
    String file() {
        return file;
    }

    /** Whether the script works on the queue's records and so needs records.lua; the others need budgets.lua. */
    boolean ofQueue() {
        return !file.startsWith("budget-");
    }
}
