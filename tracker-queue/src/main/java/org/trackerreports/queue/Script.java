package org.trackerreports.queue;

/** The Lua files. The head comment of each states its purpose, arguments and result. */
enum Script {
    CLAIM("claim"),
    EXTEND("extend"),
    GIVE_BACK("give-back"),
    RECLAIM("reclaim"),
    HEARTBEAT("heartbeat"),
    LEAVE("leave"),
    HELD("held"),
    BEGIN("begin"),
    ADD("add"),
    SWEEP("sweep"),
    DROP("drop"),
    FINISH("finish"),
    REQUEUE("requeue"),
    REQUEUE_ALL("requeue-all"),
    REMOVE("remove"),
    PAUSE("pause"),
    PAUSE_ALL("pause-all"),
    STATISTICS("statistics"),
    DETAILS("details"),
    LIST("list"),
    BUDGET_TAKE("budget-take"),
    BUDGET_END("budget-end"),
    BUDGET_RESTORE("budget-restore"),
    BUDGET_COOL_DOWN("budget-cool-down"),
    BUDGET_STATE("budget-state");

    private final String file;

    Script(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** Whether the script works on the queue's records and so needs records.lua. */
    boolean ofQueue() {
        return !file.startsWith("budget-");
    }
}
