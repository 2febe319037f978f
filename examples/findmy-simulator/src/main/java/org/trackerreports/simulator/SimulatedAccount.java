package org.trackerreports.simulator;

import java.util.Objects;

/**
 * An account as it is set up.
 *
 * @param appleId the e-mail address; letter case does not matter for finding it
 * @param password in clear text
 * @param passwordProtocol how the password is hashed
 * @param secondFactor asked for on a new machine
 * @param condition what is the matter with it
 * @param phoneNumbers number of trusted phone numbers, 0 to 9
 * @param codeOnPage whether opening the page of second factors already sends a text message (status 201)
 */
public record SimulatedAccount(
        String appleId,
        String password,
        PasswordProtocol passwordProtocol,
        SecondFactor secondFactor,
        AccountCondition condition,
        int phoneNumbers,
        boolean codeOnPage) {
    /** Checks the parts. */
    public SimulatedAccount {
        if (appleId.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("An account needs an Apple ID and a password.");
        }
        Objects.requireNonNull(passwordProtocol, "passwordProtocol");
        Objects.requireNonNull(secondFactor, "secondFactor");
        Objects.requireNonNull(condition, "condition");
        if (phoneNumbers < 0 || phoneNumbers > 9) {
            throw new IllegalArgumentException("0 to 9 phone numbers are possible, found " + phoneNumbers + ".");
        }
    }

    /** An account in order, with one phone number and no code sent by opening the page. */
    public SimulatedAccount(
            String appleId,
            String password,
            PasswordProtocol passwordProtocol,
            SecondFactor secondFactor,
            AccountCondition condition) {
        this(appleId, password, passwordProtocol, secondFactor, condition, 1, false);
    }

    /** An account in order, without second factor. */
    public static SimulatedAccount of(String appleId, String password) {
        return new SimulatedAccount(appleId, password, PasswordProtocol.S2K, SecondFactor.NONE, AccountCondition.OK);
    }

    /** The same account with another password protocol. */
    public SimulatedAccount with(PasswordProtocol protocol) {
        return new SimulatedAccount(appleId, password, protocol, secondFactor, condition, phoneNumbers, codeOnPage);
    }

    /** The same account with another second factor. */
    public SimulatedAccount with(SecondFactor factor) {
        return new SimulatedAccount(appleId, password, passwordProtocol, factor, condition, phoneNumbers, codeOnPage);
    }

    /** The same account in another condition. */
    public SimulatedAccount with(AccountCondition newCondition) {
        return new SimulatedAccount(
                appleId, password, passwordProtocol, secondFactor, newCondition, phoneNumbers, codeOnPage);
    }

    /** The same account with another password. */
    public SimulatedAccount withPassword(String newPassword) {
        return new SimulatedAccount(
                appleId, newPassword, passwordProtocol, secondFactor, condition, phoneNumbers, codeOnPage);
    }

    /** The same account with other phone numbers. */
    public SimulatedAccount withPhoneNumbers(int count, boolean sendCodeOnPage) {
        return new SimulatedAccount(
                appleId, password, passwordProtocol, secondFactor, condition, count, sendCodeOnPage);
    }

    @Override
    public String toString() {
        return "SimulatedAccount[" + passwordProtocol + ", " + secondFactor + ", " + condition + "]";
    }
}
