/** What a failure means for the person who runs a program, and its exit code. */
@NullMarked
package org.trackerreports.core.failure;

import org.jspecify.annotations.NullMarked;
