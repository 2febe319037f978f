/**
 * Signing in to an Apple account: name and password by SRP, a second factor, and the token that the report service wants.
 *
 * <p>{@link org.trackerreports.findmy.login.AccountLogin} does the steps; each answers with a {@link
 * org.trackerreports.findmy.login.LoginOutcome}; the end is a {@link org.trackerreports.findmy.login.Session}.
 */
@NullMarked
package org.trackerreports.findmy.login;

import org.jspecify.annotations.NullMarked;
