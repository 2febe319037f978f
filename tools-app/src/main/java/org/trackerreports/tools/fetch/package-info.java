/** Commands that ask the report service now. */
@NullMarked
package org.trackerreports.tools.fetch;

import org.jspecify.annotations.NullMarked;
