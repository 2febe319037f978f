/**
 * Configuration: one table of options for parsing, help, checks and documentation. An argument takes precedence over the environment,
 * the environment over the file, the file over the default. All invalid values are reported together.
 */
@NullMarked
package org.trackerreports.core.config;

import org.jspecify.annotations.NullMarked;
