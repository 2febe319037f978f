/** The commands of programs that are told of positions. */
@NullMarked
package org.trackerreports.tools.sink;

import org.jspecify.annotations.NullMarked;
