/** What every command has: the configured system opened around it, where it prints, whom it can ask, and the trackers that were named. */
package org.trackerreports.tools.command;
