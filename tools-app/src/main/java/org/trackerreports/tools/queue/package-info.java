/** What is due and why: the queue, the requests that it takes, and what keeps one tracker waiting. */
@NullMarked
package org.trackerreports.tools.queue;

import org.jspecify.annotations.NullMarked;
