/** What a failure means to the person who runs a program, and the exit codes. */
@NullMarked
package org.trackerreports.core.failure;

import org.jspecify.annotations.NullMarked;
