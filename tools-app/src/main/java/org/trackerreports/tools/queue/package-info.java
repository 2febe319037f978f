/** What is due and why: the queue, the requests that it takes, and what keeps one tracker waiting. */
package org.trackerreports.tools.queue;
