/** How results look: tables for people, JSON for scripts. */
@NullMarked
package org.trackerreports.tools.text;

import org.jspecify.annotations.NullMarked;
