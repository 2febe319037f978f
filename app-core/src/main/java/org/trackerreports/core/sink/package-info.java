/** The files that say which programs are told what happened, and how they are told. */
@NullMarked
package org.trackerreports.core.sink;

import org.jspecify.annotations.NullMarked;
