/** Routes, requests and answers, also for programs that add routes of their own. */
@NullMarked
package org.trackerreports.server.route;

import org.jspecify.annotations.NullMarked;
