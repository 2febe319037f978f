package org.trackerreports.store.feed;

import java.util.List;
import java.util.Objects;

/** What a reader of the feed gets. */
public sealed interface FeedReading {

    /** Which of the outcomes this is. */
    enum Kind {
        ITEMS,
        TOO_FAR_BEHIND
    }

    Kind kind();

    /**
     * The next items.
     *
     * @param items in feed order; what was removed in the meantime is missing
     * @param next where to read on; equal to where this reading began if there was nothing
     */
    record Items(List<FeedItem> items, FeedPlace next) implements FeedReading {

        public Items {
            items = List.copyOf(items);
        }

        @Override
        public Kind kind() {
            return Kind.ITEMS;
        }
    }

    /**
     * The feed no longer has what follows. The reader can read the reports themselves and then go on here.
     *
     * @param oldest after this place the feed is complete
     */
    record TooFarBehind(FeedPlace oldest) implements FeedReading {

        public TooFarBehind {
            Objects.requireNonNull(oldest, "oldest");
        }

        @Override
        public Kind kind() {
            return Kind.TOO_FAR_BEHIND;
        }
    }
}
