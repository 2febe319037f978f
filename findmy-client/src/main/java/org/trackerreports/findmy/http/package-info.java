/** How the client reaches the services: their addresses, limits of a call, and whom it trusts. */
@NullMarked
package org.trackerreports.findmy.http;

import org.jspecify.annotations.NullMarked;
