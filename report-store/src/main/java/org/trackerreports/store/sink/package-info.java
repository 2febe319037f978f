/** What is kept of programs that are told what happened. */
@NullMarked
package org.trackerreports.store.sink;

import org.jspecify.annotations.NullMarked;
