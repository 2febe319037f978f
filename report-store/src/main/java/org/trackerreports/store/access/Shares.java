package org.trackerreports.store.access;

import java.util.List;
import java.util.Optional;
import org.trackerreports.store.secret.Secret;

/**
 * Links that show some positions to whoever has them. The text of a link is made and kept like that of a token, with {@code trs_} in front.
 * Thread-safe.
 */
public interface Shares {

    /**
     * A share and the text of its link, which cannot be shown again.
     *
     * @param share what it shows
     * @param text of the link
     */
    record Created(Share share, Secret text) {}

    /** Makes a share. A tracker that does not exist shows nothing. */
    Created add(NewShare share);

    /** All shares that have not ended, the newest first. */
    List<Share> list();

    /** Removes a share. Returns false if there is none with this id. */
    boolean remove(String id);

    /** What the text of a link shows; empty if it is none, or has ended. */
    Optional<Share> find(String text);
}
