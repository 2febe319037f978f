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
    REPAIR,
    /** Password right, but refused with −36607: "Try again later." */
    TRY_LATER,
    /** Password right, but refused with −22411: "This action cannot be completed at this time." */
    CANNOT_COMPLETE_NOW,
    /** Password right, but refused with −20751, as sign-ins of many were for some days in February 2026. */
    VERIFICATION_FAILED,
    /** Refused with −20101 although the name is known, whatever the password is. */
    NAME_OR_PASSWORD,
    /** The code of the second factor is accepted, and the sign-in after it is refused as if the password were wrong. */
    REFUSED_AFTER_CODE,
    /** The ways of the second factor come as a page although JSON was asked for. */
    AUTH_PAGE,
    /** The same, and the members are one level deeper, under {@code twoSV}, among several script elements. */
    AUTH_PAGE_NESTED,
    /** The second factor's list of errors is called {@code service_errors}, and its numbers are numbers. */
    UNDERSCORED_ERRORS,
    /** The second factor's errors come with HTTP 200. */
    ERRORS_WITH_200,
    /** The service's public value is not below the modulus. */
    LARGE_PUBLIC_VALUE,
    /** The salt has 8 MB. */
    LARGE_SALT,
    /** The password has to be stretched ten million times. */
    MANY_ROUNDS
}
