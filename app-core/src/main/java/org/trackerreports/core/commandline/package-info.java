/** What the command lines of the applications have in common: how they show help and tell mistakes. */
@NullMarked
package org.trackerreports.core.commandline;

import org.jspecify.annotations.NullMarked;
