/** Texts that several sinks need. */
@NullMarked
package org.trackerreports.sinks.internal.text;

import org.jspecify.annotations.NullMarked;
