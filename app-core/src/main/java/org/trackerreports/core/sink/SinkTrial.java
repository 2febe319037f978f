package org.trackerreports.core.sink;

import java.time.Clock;
import java.util.List;
import org.trackerreports.sinks.Delivery;
import org.trackerreports.sinks.Sink;

/**
 * What became of a position that is made up.
 *
 * @param result for a decision
 * @param sentence the same for people
 */
public record SinkTrial(Result result, String sentence) {

    /** How it ended. */
    public enum Result {
        /** It was sent. Whether it arrived, only the receiver shows. */
        SENT,
        /** The program cannot be reached now. */
        UNREACHABLE,
        /** The program was reached and does not want it. */
        REFUSED
    }

    /** Sends a position that is made up to a program, and waits for its answer. */
    public static SinkTrial of(SinkFile file, Clock clock) {
        try (Sink sink = file.target().openForTest(clock)) {
            return of(file.name(), sink.deliver(List.of(MadeUpPosition.at(clock.instant()))));
        }
    }

    private static SinkTrial of(String name, Delivery delivery) {
        return switch (delivery.kind()) {
            case DONE ->
                new SinkTrial(
                        Result.SENT,
                        "Sent to " + name + ": one position of '" + MadeUpPosition.TRACKER
                                + "', which is no tracker of yours. Look whether it arrived.");
            case TRY_LATER -> {
                Delivery.TryLater later = (Delivery.TryLater) delivery;
                yield later.credentials()
                        ? new SinkTrial(
                                Result.REFUSED,
                                name + " refuses the credentials: " + later.reason() + ". Correct what " + name
                                        + ".conf names.")
                        : new SinkTrial(Result.UNREACHABLE, name + " cannot be told: " + later.reason() + ".");
            }
            case REFUSED -> {
                Delivery.Refusal refusal =
                        ((Delivery.Refused) delivery).refusals().get(0);
                yield new SinkTrial(
                        Result.REFUSED,
                        name + " does not accept the position: status " + refusal.status()
                                + (refusal.text().isBlank() ? "" : ", " + refusal.text()) + ".");
            }
            case SWITCHED_OFF ->
                new SinkTrial(
                        Result.REFUSED,
                        name + " wants nothing any more: " + ((Delivery.SwitchedOff) delivery).reason() + ".");
        };
    }
}
