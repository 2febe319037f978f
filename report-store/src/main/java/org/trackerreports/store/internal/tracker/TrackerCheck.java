package org.trackerreports.store.internal.tracker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trackerreports.store.tracker.NewTracker;

/** Says why a tracker cannot be stored, before the database would refuse it with a message that helps nobody. */
public final class TrackerCheck {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_LABEL_LENGTH = 1_000;
    private static final String TEXT_RULE =
            " must have 1 to " + MAX_NAME_LENGTH + " characters, not only blanks, and no control characters";

    private TrackerCheck() {}

    /** The first flaw of a tracker. */
    static Optional<String> flawOf(NewTracker tracker) {
        return flawOfName(tracker.name())
                .or(() -> flawOfKeys(tracker.kind(), tracker.hashedKeys()))
                .or(() -> flawOfLabels(tracker.labels()));
    }

    public static Optional<String> flawOfName(String name) {
        return isShortText(name) ? Optional.empty() : Optional.of("the name" + TEXT_RULE);
    }

    static Optional<String> flawOfKeys(String kind, List<String> hashedKeys) {
        if (!isShortText(kind)) {
            return Optional.of("the kind" + TEXT_RULE);
        }
        for (int i = 0; i < hashedKeys.size(); i++) {
            if (!HashedKeys.isWellFormed(hashedKeys.get(i))) {
                return Optional.of("hashed key " + (i + 1) + " is not standard base64 of 32 bytes (44 characters)");
            }
        }
        return Optional.empty();
    }

    public static Optional<String> flawOfLabels(Map<String, String> labels) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!isShortText(label.getKey())) {
                return Optional.of("the name of a label" + TEXT_RULE);
            }
            if (label.getValue().length() > MAX_LABEL_LENGTH || !isPrintable(label.getValue())) {
                return Optional.of("the label " + label.getKey() + " must have at most " + MAX_LABEL_LENGTH
                        + " characters and no control characters");
            }
        }
        return Optional.empty();
    }

    private static boolean isShortText(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME_LENGTH && isPrintable(text);
    }

    /** Half of a surrogate pair has no form in UTF-8. */
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
