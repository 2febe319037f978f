/** Texts for people: durations, names that are safe to print, and what is wrong with a file. */
@NullMarked
package org.trackerreports.core.text;

import org.jspecify.annotations.NullMarked;
