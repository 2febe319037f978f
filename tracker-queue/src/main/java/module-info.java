/**
 * A queue of due work on Redis that many workers share, with request budgets and locks.
 *
 * <p>Start with {@link org.trackerreports.queue.TrackerQueue}.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Redisson's stable name, but no descriptor.
module org.trackerreports.queue {
    requires static org.jspecify;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.kqueue;
    requires org.slf4j;
    requires transitive redisson;

    exports org.trackerreports.queue;
}
