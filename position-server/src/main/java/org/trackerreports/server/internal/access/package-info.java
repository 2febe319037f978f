/** Who may do what. */
@NullMarked
package org.trackerreports.server.internal.access;

import org.jspecify.annotations.NullMarked;
