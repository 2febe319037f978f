/** What every command has: the configured system opened around it, where it prints, whom it can ask, and the trackers that were named. */
@NullMarked
package org.trackerreports.tools.command;

import org.jspecify.annotations.NullMarked;
