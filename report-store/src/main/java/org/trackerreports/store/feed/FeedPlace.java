package org.trackerreports.store.feed;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed. Its text form is {@code POSITION-ITEM}, for example {@code 812-3}. As a cursor it says that everything up to and
 * including this item is done.
 *
 * @param position of an entry, that is, of what one transaction did; 0 is before the first
 * @param item the number of the item in the entry, from 1; 0 is before the first
 */
public record FeedPlace(long position, int item) implements Comparable<FeedPlace> {

    /** Before everything. */
    public static final FeedPlace BEGINNING = new FeedPlace(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,9})");
    private static final Comparator<FeedPlace> ORDER =
            Comparator.comparingLong(FeedPlace::position).thenComparingInt(FeedPlace::item);

    public FeedPlace {
        if (position < 0 || item < 0) {
            throw new IllegalArgumentException("a place in the feed is not negative: " + position + "-" + item);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if the text is not a place
     */
    public static FeedPlace parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a place in the feed such as 812-3");
        }
        return new FeedPlace(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public int compareTo(FeedPlace other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return position + "-" + item;
    }
}
