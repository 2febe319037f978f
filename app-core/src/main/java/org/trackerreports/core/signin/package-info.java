/**
 * Signing in step by step, for a terminal and for a page:
 *
 * <pre>{@code
 * start ─▶ (held back) ─▶ which way? ─▶ code sent ─▶ signed in, and stored
 * }</pre>
 *
 * <p>Every step is within the sign-in budget, and what a person must not lose is stored before the next step begins.
 */
@NullMarked
package org.trackerreports.core.signin;

import org.jspecify.annotations.NullMarked;
