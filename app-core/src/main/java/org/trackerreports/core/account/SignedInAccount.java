package org.trackerreports.core.account;

import org.trackerreports.findmy.login.Session;

/**
 * An account that can ask for reports.
 *
 * @param alias its name here
 * @param session its session
 */
public record SignedInAccount(String alias, Session session) {}
