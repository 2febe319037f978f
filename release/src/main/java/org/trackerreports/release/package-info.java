/** Makes the versions of a release. */
@NullMarked
package org.trackerreports.release;

import org.jspecify.annotations.NullMarked;
