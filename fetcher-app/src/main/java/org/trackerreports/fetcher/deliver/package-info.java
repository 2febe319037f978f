/** The role {@code deliver}: from the feed to each sink. */
@NullMarked
package org.trackerreports.fetcher.deliver;

import org.jspecify.annotations.NullMarked;
