package org.trackerreports.store.account;

/**
 * Another one whenever an account was added, changed or removed: a new account has the highest id of all, a change raises a version, and if only
 * some are removed there are fewer.
 *
 * @param accounts how many there are
 * @param versions the sum of their versions
 * @param latest the highest id; 0 if there is none
 */
public record AccountsMark(long accounts, long versions, long latest) {}
