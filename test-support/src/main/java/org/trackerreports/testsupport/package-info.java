/** Helpers for tests: time, files, ports and processes. For the test scope only; no module of the project is known here. */
@NullMarked
package org.trackerreports.testsupport;

import org.jspecify.annotations.NullMarked;
