package org.trackerreports.findmy.login;

/** A way to get a verification code. */
public sealed interface SecondFactorMethod {

    /** A code that the owner's Apple devices show. */
    record TrustedDevice() implements SecondFactorMethod {
        @Override
        public String description() {
            return "a code on your Apple devices";
        }
    }

    /**
     * A code by text message.
     *
     * @param phoneId the service's number for the phone
     * @param obfuscatedNumber the phone number as the service shows it, such as {@code +49 ••• •••••48}
     */
    record Sms(int phoneId, String obfuscatedNumber) implements SecondFactorMethod {
        @Override
        public String description() {
            return "a text message to " + obfuscatedNumber;
        }
    }

    /** For people: what happens when this way is taken. */
    String description();
}
