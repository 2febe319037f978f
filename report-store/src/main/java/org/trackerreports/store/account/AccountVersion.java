package org.trackerreports.store.account;

/**
 * What shows that an account has changed, without its secrets.
 *
 * @param alias its alias
 * @param id another one if it was removed and added again
 * @param version another one after each change
 */
public record AccountVersion(String alias, long id, long version) {}
