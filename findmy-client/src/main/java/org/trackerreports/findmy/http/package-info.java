/** Settings for calls to the services: addresses, limits, and trusted certificates. */
@NullMarked
package org.trackerreports.findmy.http;

import org.jspecify.annotations.NullMarked;
