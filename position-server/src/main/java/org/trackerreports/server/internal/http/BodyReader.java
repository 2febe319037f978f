package org.trackerreports.server.internal.http;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request as it arrives, so that a slow sender holds no thread. */
public final class BodyReader implements Runnable {

    private final Request request;
    private final int limit;
    private final Result result;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** What comes of it. One of the methods is called once, on a thread that may block. */
    public interface Result {

        void complete(byte[] body);

        void tooLarge();

        void failed(Throwable cause);
    }

    private BodyReader(Request request, int limit, Result result) {
        this.request = request;
        this.limit = limit;
        this.result = result;
    }

    /**
     * Reads a body.
     *
     * @param limit the most bytes
     */
    public static void read(Request request, int limit, Result result) {
        if (request.getLength() > limit) {
            result.tooLarge();
        } else if (request.getLength() == 0) {
            result.complete(new byte[0]);
        } else {
            new BodyReader(request, limit, result).run();
        }
    }

    @Override
    public void run() {
        @Nullable Consumer<Result> next = null;
        while (next == null) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            next = taken(chunk);
        }
        next.accept(result);
    }

    /** The end, if this chunk is it. */
    private @Nullable Consumer<Result> taken(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            Throwable cause = chunk.getFailure();
            return end -> end.failed(cause);
        }
        try {
            if (bytes.size() + chunk.remaining() > limit) {
                return Result::tooLarge;
            }
            bytes.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            return chunk.isLast() ? end -> end.complete(bytes.toByteArray()) : null;
        } finally {
            chunk.release();
        }
    }
}
