package org.trackerreports.findmy.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trackerreports.findmy.internal.ServerText;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.report.EncryptedReport;

/**
 * How one request for reports ended. Source of the failures: section 5.4 of the protocol page.
 *
 * <p>Switch over {@link #kind} without a default branch to handle all outcomes: the compiler then reports an outcome that a new version
 * adds. Each kind belongs to exactly one of the records below.
 */
public sealed interface FetchOutcome {

    /** What most callers do differently. */
    enum Category {
        /** There is an answer. */
        ANSWERED,
        /** There is none, and the same query may be tried again later, or after somebody helped. */
        FAILED,
        /** Nothing was tried. */
        HELD_BACK
    }

    /** One for each record, in the same order. */
    enum Kind {
        ANSWERED(Category.ANSWERED, false),
        EMPTY_ANSWER(Category.FAILED, true),
        NOT_AUTHORISED(Category.FAILED, false),
        TOO_MANY_REQUESTS(Category.FAILED, true),
        REFUSED(Category.FAILED, false),
        SERVICE_ERROR(Category.FAILED, true),
        UNREADABLE(Category.FAILED, true),
        TIMED_OUT(Category.FAILED, true),
        UNREACHABLE(Category.FAILED, true),
        NO_ANISETTE(Category.FAILED, true),
        SIGN_IN_NEEDED(Category.FAILED, false),
        HELD_BACK(Category.HELD_BACK, true);

        private final Category category;
        private final boolean waitingHelps;

        Kind(Category category, boolean waitingHelps) {
            this.category = category;
            this.waitingHelps = waitingHelps;
        }
    }

    /** Which outcome this is. */
    Kind kind();

    /** Whether this is an answer, a failure, or neither. */
    default Category category() {
        return kind().category;
    }

    /** One line for a log. Contains no secret. */
    String message();

    /** Whether the same request may succeed later although nobody does anything. */
    default boolean waitingHelps() {
        return kind().waitingHelps;
    }

    /** The answer, if this is one. */
    default Optional<Answered> answer() {
        return Optional.empty();
    }

    /**
     * The service answered. An answer without reports is also an answer.
     *
     * @param reports the reports of each requested key; a key without reports is missing
     * @param leftOut how many reports were ignored, because nobody asked for their key or because they are not base64
     */
    record Answered(Map<HashedAdvertisementKey, List<EncryptedReport>> reports, int leftOut) implements FetchOutcome {

        public Answered {
            reports = reports.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        /** The number of reports. */
        public int count() {
            return reports.values().stream().mapToInt(List::size).sum();
        }

        @Override
        public Kind kind() {
            return Kind.ANSWERED;
        }

        @Override
        public Optional<Answered> answer() {
            return Optional.of(this);
        }

        @Override
        public String message() {
            return count() + " reports for " + reports.size() + " keys";
        }

        /** Counts the reports: an answer may have a hundred thousand characters of them. */
        @Override
        public String toString() {
            return "Answered[" + message() + ", leftOut=" + leftOut + "]";
        }
    }

    /** HTTP 200 with an empty body: an intermittent fault of the service, not the same as no reports. */
    record EmptyAnswer() implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.EMPTY_ANSWER;
        }

        @Override
        public String message() {
            return "the service sent an empty answer";
        }
    }

    /**
     * The session has ended. Sign in once, then ask once more.
     *
     * @param status 401 or 541
     */
    record NotAuthorised(int status) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.NOT_AUTHORISED;
        }

        @Override
        public String message() {
            return "the session is not accepted (HTTP " + status + ")";
        }
    }

    /**
     * Too many requests (HTTP 429).
     *
     * @param retryAfter how long the service wants to be left alone, if it says so; limited to {@link CoolDownPolicy#MAX_COOL_DOWN}
     */
    record TooManyRequests(Optional<Duration> retryAfter) implements FetchOutcome {

        public TooManyRequests {
            retryAfter = retryAfter.map(CoolDownPolicy::bounded);
        }

        @Override
        public Kind kind() {
            return Kind.TOO_MANY_REQUESTS;
        }

        @Override
        public String message() {
            return "too many requests (HTTP 429)"
                    + retryAfter
                            .map(wait -> ", wait " + wait.toSeconds() + " s"
                                    + (wait.equals(CoolDownPolicy.MAX_COOL_DOWN) ? " (the longest wait)" : ""))
                            .orElse("");
        }
    }

    /**
     * The service understood the request and refuses it.
     *
     * @param code an HTTP status, or the code in the answer
     */
    record Refused(String code) implements FetchOutcome {

        public Refused {
            code = ServerText.brief(code);
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }

        @Override
        public String message() {
            return "the service refused (" + code + ")";
        }
    }

    /**
     * The service failed.
     *
     * @param status an HTTP status of 500 or more
     * @param retryAfter how long the service wants to be left alone, if it says so; limited to {@link CoolDownPolicy#MAX_COOL_DOWN}
     */
    record ServiceError(int status, Optional<Duration> retryAfter) implements FetchOutcome {

        public ServiceError {
            retryAfter = retryAfter.map(CoolDownPolicy::bounded);
        }

        /**
         * An error without a {@code Retry-After}.
         *
         * @param status an HTTP status of 500 or more
         */
        public ServiceError(int status) {
            this(status, Optional.empty());
        }

        @Override
        public Kind kind() {
            return Kind.SERVICE_ERROR;
        }

        @Override
        public String message() {
            return "the service is out of order (HTTP " + status + ")";
        }
    }

    /**
     * The answer is not what the service usually sends.
     *
     * @param detail what was found instead
     */
    record Unreadable(String detail) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.UNREADABLE;
        }

        @Override
        public String message() {
            return "the answer cannot be read: " + detail;
        }
    }

    /**
     * No complete answer within the call timeout.
     *
     * @param message what happened
     */
    record TimedOut(String message) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.TIMED_OUT;
        }
    }

    /**
     * No connection, an untrusted certificate, a broken connection, or an answer above the size limit.
     *
     * @param message what happened
     */
    record Unreachable(String message) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.UNREACHABLE;
        }
    }

    /**
     * There is no anisette data, so no request was sent.
     *
     * @param message what happened
     */
    record NoAnisette(String message) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.NO_ANISETTE;
        }
    }

    /**
     * There is no session, or it has ended and could not be renewed. Only {@link AccountClient} returns this.
     *
     * @param message why, and what to do
     * @param waitingHelps whether the renewal may succeed later; otherwise a person has to sign in
     */
    record SignInNeeded(String message, boolean waitingHelps) implements FetchOutcome {
        @Override
        public Kind kind() {
            return Kind.SIGN_IN_NEEDED;
        }
    }

    /**
     * No request was sent, because the {@link RequestGate} does not allow one now. Only {@link AccountClient} returns this.
     *
     * @param message why
     * @param retryAfter how long to wait before asking again; another request may be granted first
     */
    record HeldBack(String message, Duration retryAfter) implements FetchOutcome {

        public HeldBack {
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        @Override
        public Kind kind() {
            return Kind.HELD_BACK;
        }
    }
}
