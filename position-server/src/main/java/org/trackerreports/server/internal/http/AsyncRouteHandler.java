package org.trackerreports.server.internal.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.RouteHandler;

/** Answers by itself, without holding a thread. */
public interface AsyncRouteHandler extends RouteHandler {

    /** Begins an answer, whose callback the handler completes later, or refuses to. */
    Outcome begin(WebRequest request, Exchange exchange);

    /** What an answer is written to. */
    record Exchange(Request request, Response response, Callback callback) {}

    /** Whether the handler has taken the exchange. */
    sealed interface Outcome {

        enum Kind {
            TAKEN,
            REFUSED
        }

        Kind kind();

        record Taken() implements Outcome {

            @Override
            public Kind kind() {
                return Kind.TAKEN;
            }
        }

        /**
         * It has not.
         *
         * @param answer to be sent instead
         */
        record Refused(Answer answer) implements Outcome {

            @Override
            public Kind kind() {
                return Kind.REFUSED;
            }
        }
    }

    @Override
    default Answer handle(org.trackerreports.server.route.Request request) {
        throw new IllegalStateException("this route writes its answer by itself");
    }
}
