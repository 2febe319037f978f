/**
 * Configuration: one table of options, from which parsing, help, checks and documentation come. Argument over environment over
 * file over default; everything that is wrong is reported at once.
 */
@NullMarked
package org.trackerreports.core.config;

import org.jspecify.annotations.NullMarked;
