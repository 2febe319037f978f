/**
 * The key files of the field: read from whatever a user has, and written where the format is the user's own.
 *
 * <p>The way through: {@link org.trackerreports.findmy.keyfile.KeyFiles} recognises a file by its content and gives a {@link
 * org.trackerreports.findmy.keyfile.KeyFile}: the trackers that can be used, and one problem for each entry that cannot. Nothing
 * that a file can contain throws. Formats: FindMy.py, OpenHaystack, macless-haystack, go-haystack, OFReadKeys, OpenTagViewer and the
 * records of Apple's searchpartyd.
 */
@NullMarked
package org.trackerreports.findmy.keyfile;

import org.jspecify.annotations.NullMarked;
