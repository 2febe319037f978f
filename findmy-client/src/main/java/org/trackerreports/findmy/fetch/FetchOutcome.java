package org.trackerreports.findmy.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trackerreports.findmy.key.HashedAdvertisementKey;
import org.trackerreports.findmy.report.EncryptedReport;

/** How one request for reports ended. Source of the failures: section 5.4 of the protocol page. */
public sealed interface FetchOutcome {

    /** One line for a log; holds no secret. */
    String message();

    /** Whether the same request may succeed later without anybody doing anything. */
    boolean waitingHelps();

    /**
     * The service answered. No reports at all is an answer, too.
     *
     * @param reports by the keys that were asked for; a key without reports is missing
     * @param leftOut what the answer held besides: reports of keys that nobody asked for, or that are not base64
     */
    record Answered(Map<HashedAdvertisementKey, List<EncryptedReport>> reports, int leftOut) implements FetchOutcome {

        public Answered {
            reports = reports.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        /** How many reports there are. */
        public int count() {
            return reports.values().stream().mapToInt(List::size).sum();
        }

        @Override
        public String message() {
            return count() + " reports for " + reports.size() + " keys";
        }

        @Override
        public boolean waitingHelps() {
            return false;
        }
    }

    /** HTTP 200 with nothing in it: a fault of the service that comes and goes, not the same as no reports. */
    record EmptyAnswer() implements FetchOutcome {
        @Override
        public String message() {
            return "the service answered with nothing at all";
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** The session is over (401, 541): sign in once, then ask once more. */
    record NotAuthorised(int status) implements FetchOutcome {
        @Override
        public String message() {
            return "the session is not accepted (HTTP " + status + ")";
        }

        @Override
        public boolean waitingHelps() {
            return false;
        }
    }

    /** Asked too often. @param retryAfter how long the service wants to be left alone, if it says so */
    record TooManyRequests(Optional<Duration> retryAfter) implements FetchOutcome {
        @Override
        public String message() {
            return "too many requests (HTTP 429)"
                    + retryAfter
                            .map(wait -> ", wait " + wait.toSeconds() + " s")
                            .orElse("");
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** The service understood and refuses. @param code an HTTP status or the code in the answer */
    record Refused(String code) implements FetchOutcome {
        @Override
        public String message() {
            return "the service refused (" + code + ")";
        }

        @Override
        public boolean waitingHelps() {
            return false;
        }
    }

    /** The service is out of order (5xx). */
    record ServiceError(int status) implements FetchOutcome {
        @Override
        public String message() {
            return "the service is out of order (HTTP " + status + ")";
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** The answer is not what the service usually sends. */
    record Unreadable(String detail) implements FetchOutcome {
        @Override
        public String message() {
            return "the answer cannot be read: " + detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** No complete answer within the time of a call. */
    record TimedOut(String detail) implements FetchOutcome {
        @Override
        public String message() {
            return detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** No connection, no trust, a connection that broke, or an answer above the limit. */
    record Unreachable(String detail) implements FetchOutcome {
        @Override
        public String message() {
            return detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /** There is no anisette data, so nothing was asked. */
    record NoAnisette(String detail) implements FetchOutcome {
        @Override
        public String message() {
            return detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }

    /**
     * Nothing was asked, because nobody is signed in, or a session ended and could not be renewed. Given by {@link
     * org.trackerreports.findmy.FindMyClient} only.
     *
     * @param waitingHelps whether the renewal may succeed later by itself; else somebody has to sign in
     */
    record SignInNeeded(String detail, boolean waitingHelps) implements FetchOutcome {
        @Override
        public String message() {
            return detail;
        }
    }

    /**
     * Nothing was asked, to keep within the limits that the caller set, or because the service failed too often lately. Given by
     * {@link org.trackerreports.findmy.FindMyClient} only.
     */
    record HeldBack(String detail) implements FetchOutcome {
        @Override
        public String message() {
            return detail;
        }

        @Override
        public boolean waitingHelps() {
            return true;
        }
    }
}
