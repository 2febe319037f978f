/**
 * Keys of trackers: single keys, key lists, and accessories with rolling keys.
 *
 * <p>{@link org.trackerreports.findmy.keyfile.KeyFiles} reads a file into {@link org.trackerreports.findmy.key.TrackerKeys}. These give
 * the hashed advertisement keys to request, and the private keys that decrypt the reports.
 */
@NullMarked
package org.trackerreports.findmy.key;

import org.jspecify.annotations.NullMarked;
