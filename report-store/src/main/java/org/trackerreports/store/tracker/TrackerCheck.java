package org.trackerreports.store.tracker;

import java.util.List;
import java.util.Map;
import org.trackerreports.store.sql.HashedKeys;

/** What the database could not hold, or nobody could tell apart, is refused in words before it gets there. */
final class TrackerCheck {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_LABEL_LENGTH = 1_000;

    private TrackerCheck() {}

    /** The first flaw of a tracker, or null. */
    static String flawOf(NewTracker tracker) {
        String flaw = flawOfName(tracker.name());
        if (flaw == null) {
            flaw = flawOfKeys(tracker.kind(), tracker.hashedKeys());
        }
        return flaw == null ? flawOfLabels(tracker.labels()) : flaw;
    }

    static String flawOfName(String name) {
        return isShortText(name)
                ? null
                : "a tracker's name has 1 to " + MAX_NAME_LENGTH
                        + " characters, not only blanks and no control characters";
    }

    static String flawOfKeys(String kind, List<String> hashedKeys) {
        if (!isShortText(kind)) {
            return "the kind is not 1 to " + MAX_NAME_LENGTH + " printable characters";
        }
        for (int i = 0; i < hashedKeys.size(); i++) {
            if (!HashedKeys.isWellFormed(hashedKeys.get(i))) {
                return "hashed key " + (i + 1) + " is not standard base64 of 32 bytes (44 characters)";
            }
        }
        return null;
    }

    static String flawOfLabels(Map<String, String> labels) {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (!isShortText(label.getKey())) {
                return "a label's name has 1 to " + MAX_NAME_LENGTH
                        + " characters, not only blanks and no control characters";
            }
            if (label.getValue().length() > MAX_LABEL_LENGTH || !isPrintable(label.getValue())) {
                return "the label " + label.getKey() + " has at most " + MAX_LABEL_LENGTH
                        + " characters and no control characters";
            }
        }
        return null;
    }

    private static boolean isShortText(String text) {
        return !text.isBlank() && text.length() <= MAX_NAME_LENGTH && isPrintable(text);
    }

    /** Halves of surrogate pairs have no form in UTF-8. */
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
