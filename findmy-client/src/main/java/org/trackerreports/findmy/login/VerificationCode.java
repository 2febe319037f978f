package org.trackerreports.findmy.login;

import java.util.Optional;

/** A verification code as a person types it. Checked before it is sent, because the service counts wrong ones. */
public final class VerificationCode {

    /** How many digits a code has. */
    public static final int DIGITS = 6;

    private VerificationCode() {}

    /**
     * The code in the form that the service expects.
     *
     * @param typed what a person typed; blanks and hyphens between the digits do not matter, digits of any script count
     * @return {@value #DIGITS} digits; empty if this cannot be a code
     */
    public static Optional<String> of(String typed) {
        StringBuilder digits = new StringBuilder();
        for (int character : typed.codePoints().toArray()) {
            int digit = Character.digit(character, 10);
            if (digit >= 0) {
                digits.append(digit);
            } else if (!AppleIds.isBlank(character) && character != '-') {
                return Optional.empty();
            }
        }
        return digits.length() == DIGITS ? Optional.of(digits.toString()) : Optional.empty();
    }

    /** What is wrong with a text that is no code, without the text. */
    public static String problem(String typed) {
        long digits = typed.codePoints().filter(Character::isDigit).count();
        long others = typed.codePoints()
                .filter(each -> !Character.isDigit(each) && !AppleIds.isBlank(each) && each != '-')
                .count();
        return "A verification code has " + DIGITS + " digits; found " + digits + (digits == 1 ? " digit" : " digits")
                + (others == 0 ? "." : " and other characters.");
    }
}
