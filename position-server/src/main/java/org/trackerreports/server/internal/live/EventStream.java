package org.trackerreports.server.internal.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;
import org.trackerreports.server.internal.http.AsyncRouteHandler.Exchange;
import org.trackerreports.store.feed.FeedPlace;

/** One reader of events. What it has not taken yet waits in memory, up to a limit; writing holds no thread. Thread-safe. */
final class EventStream {

    private static final int MOST_WAITING = 256 * 1_024;
    private static final int MOST_LATER = 5_000;

    private final Exchange exchange;
    private final Reader reader;
    private final Consumer<End> ended;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();

    /** What happens while the stream still tells of the past. */
    private final Deque<LiveEvent> later = new ArrayDeque<>();

    private FeedPlace told;
    private int waitingBytes;
    private boolean writing;
    private boolean catchingUp;
    private boolean closed;
    private Optional<Runnable> whenEmpty = Optional.empty();

    /**
     * Who reads.
     *
     * @param token the name of its token; empty without one
     * @param callerLabels those of the token
     * @param labels the trackers that it is told about have all of these
     * @param types what it is told about
     */
    record Reader(
            Optional<String> token,
            Map<String, String> callerLabels,
            Map<String, String> labels,
            Set<LiveEvent.Type> types) {}

    /** That a stream has ended, and whether because its reader was too slow. */
    record End(EventStream stream, boolean tooSlow) {}

    /** @param told up to and including this place, the reader knows everything */
    EventStream(Exchange exchange, Reader reader, FeedPlace told, Consumer<End> ended) {
        this.exchange = exchange;
        this.reader = reader;
        this.told = told;
        this.ended = ended;
    }

    Reader reader() {
        return reader;
    }

    /** Up to and including this place, the reader knows everything. */
    synchronized FeedPlace told() {
        return told;
    }

    /**
     * Sends the headers and the first lines.
     *
     * @param catchUp whether events of the past follow, before all that happen from now on
     */
    synchronized void begin(boolean catchUp) {
        exchange.response().setStatus(200);
        exchange.response().getHeaders().put("Content-Type", "text/event-stream");
        exchange.response().getHeaders().put("Cache-Control", "no-store");
        // nginx would collect events otherwise.
        exchange.response().getHeaders().put("X-Accel-Buffering", "no");
        catchingUp = catchUp;
        send(LiveEvent.begin(told));
    }

    /** Sends an event if it is new to this reader and for it. */
    synchronized void live(LiveEvent event) {
        if (!catchingUp) {
            text(event).ifPresent(this::send);
        } else if (later.size() < MOST_LATER) {
            later.add(event);
        } else {
            cut();
        }
    }

    /**
     * Sends events of the past.
     *
     * @param next is called when the reader has taken them; also at once
     */
    synchronized void past(List<LiveEvent> events, Runnable next) {
        // A part of the past can be larger than what may wait: nothing is added to it until it has been taken.
        events.forEach(event -> text(event).ifPresent(this::add));
        whenEmpty = Optional.of(next);
        flush();
        askForMore();
    }

    /** The past is told. */
    synchronized void endCatchUp() {
        catchingUp = false;
        later.forEach(event -> text(event).ifPresent(this::add));
        later.clear();
        flush();
    }

    private Optional<ByteBuffer> text(LiveEvent event) {
        if (event.place().compareTo(told) <= 0 || !reader.types().contains(event.type())) {
            return Optional.empty();
        }
        told = event.place();
        return event.text().apply(reader.labels());
    }

    synchronized void send(ByteBuffer text) {
        add(text);
        if (waitingBytes > MOST_WAITING && whenEmpty.isEmpty()) {
            cut();
        } else {
            flush();
        }
    }

    private void add(ByteBuffer text) {
        if (!closed) {
            waiting.add(text.duplicate());
            waitingBytes += text.remaining();
        }
    }

    /** All that waits goes out in one write. */
    private void flush() {
        if (writing || closed || waiting.isEmpty()) {
            return;
        }
        ByteBuffer all = waiting.size() == 1 ? waiting.remove() : joined();
        waitingBytes = 0;
        writing = true;
        exchange.response().write(false, all, Callback.from(this::written, this::failed));
    }

    private ByteBuffer joined() {
        ByteBuffer all = ByteBuffer.allocate(waitingBytes);
        waiting.forEach(all::put);
        waiting.clear();
        return all.flip();
    }

    private synchronized void written() {
        writing = false;
        flush();
        askForMore();
    }

    private void askForMore() {
        if (!writing && !closed && whenEmpty.isPresent()) {
            Runnable next = whenEmpty.get();
            whenEmpty = Optional.empty();
            exchange.request().getComponents().getExecutor().execute(next);
        }
    }

    private void failed(Throwable cause) {
        end(cause, false);
    }

    private void cut() {
        end(new IOException("the reader of a stream of events is too slow"), true);
    }

    /** Ends the stream. Its reader connects again and goes on where it was. */
    void close() {
        end(new IOException("the stream of events ends"), false);
    }

    private void end(Throwable cause, boolean tooSlow) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            later.clear();
        }
        // A write that waits for the reader ends with it.
        exchange.request().getConnectionMetaData().getConnection().getEndPoint().close();
        exchange.callback().failed(cause);
        ended.accept(new End(this, tooSlow));
    }
}
