/**
 * Keys of trackers: single keys and key lists, accessories with rolling keys, and the key files of the field.
 *
 * <p>The way through: {@link org.trackerreports.findmy.key.KeyFiles} reads a file into {@link
 * org.trackerreports.findmy.key.TrackerKeys}; those give the hashed advertisement keys to ask for, and the private keys to
 * decrypt the answers with.
 */
package org.trackerreports.findmy.key;
