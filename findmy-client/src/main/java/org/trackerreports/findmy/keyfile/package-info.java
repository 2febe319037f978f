/**
 * Reads and writes key files.
 *
 * <p>{@link org.trackerreports.findmy.keyfile.KeyFiles} detects the format of a file from its content and returns a {@link
 * org.trackerreports.findmy.keyfile.KeyFile}: the usable trackers, and one problem for each entry that is not usable. Invalid content
 * never throws. Formats: FindMy.py, OpenHaystack, macless-haystack, go-haystack, OFReadKeys, OpenTagViewer and the
 * records of Apple's searchpartyd.
 */
@NullMarked
package org.trackerreports.findmy.keyfile;

import org.jspecify.annotations.NullMarked;
