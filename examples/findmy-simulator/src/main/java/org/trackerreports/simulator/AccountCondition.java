package org.trackerreports.simulator;

/** What is the matter with an account. */
public enum AccountCondition {
    /** Nothing. */
    OK,
    /** Locked for security reasons: login is refused with −20209, its sessions end. */
    LOCKED,
    /** Login works, delegates are refused with "Account limit reached." */
    ACCOUNT_LIMIT,
    /** Login works, delegates are refused with "A server problem is blocking Apple ID sign in." */
    LOW_TRUST,
    /** Login works, delegates ask for new terms to be accepted. */
    TERMS_PENDING,
    /** Codes are accepted, but the machine is not trusted afterwards, so a login asks for a code again and again. */
    SECOND_FACTOR_LOOP,
    /** No text message can be sent now: −28248. */
    SMS_UNAVAILABLE,
    /** Password right, but the account wants to be repaired first ({@code au} is {@code repair}). */
    REPAIR
}
