/**
 * Keys of trackers: single keys, key lists, and accessories with rolling keys.
 *
 * <p>The way through: {@link org.trackerreports.findmy.keyfile.KeyFiles} reads a file into {@link
 * org.trackerreports.findmy.key.TrackerKeys}; those give the hashed advertisement keys to ask for, and the private keys to
 * decrypt the answers with.
 */
@NullMarked
package org.trackerreports.findmy.key;

import org.jspecify.annotations.NullMarked;
