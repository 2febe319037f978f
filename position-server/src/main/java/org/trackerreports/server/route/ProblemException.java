package org.trackerreports.server.route;

import java.util.Objects;

/** Ends the handling of a request with an answer that says what is wrong with the request. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    /** @param answer usually an {@link Answer#problem} */
    public ProblemException(Answer answer) {
        super("status " + answer.status());
        this.answer = Objects.requireNonNull(answer, "answer");
    }

    /** A request that is wrong: status 400. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(Answer.problem(400, "Bad request", detail));
    }

    /** Something that does not exist, or that the caller may not see: status 404. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Answer.problem(404, "Not found", detail));
    }

    public Answer answer() {
        return answer;
    }
}
