/** Makes and changes the tables of the store. */
@NullMarked
package org.trackerreports.store.migration;

import org.jspecify.annotations.NullMarked;
