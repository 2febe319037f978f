/** What keeps a tracker from a new position: the standing of the accounts, and the diagnosis of one tracker. */
@NullMarked
package org.trackerreports.core.diagnosis;

import org.jspecify.annotations.NullMarked;
