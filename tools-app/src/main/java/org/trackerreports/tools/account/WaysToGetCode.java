package org.trackerreports.tools.account;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trackerreports.findmy.login.SecondFactorMethod;
import org.trackerreports.findmy.login.SecondFactorMethod.Sms;

/** The ways by which an account offers codes, in the order in which they are shown. */
record WaysToGetCode(List<SecondFactorMethod> methods) {

    /** One digit alone is an id: too many numbers end in it. */
    private static final int MIN_LAST_DIGITS = 2;

    WaysToGetCode {
        methods = List.copyOf(methods);
    }

    /** One line for each way: its number, what it is, and the option that chooses it. */
    String listed() {
        return IntStream.range(0, methods.size())
                .mapToObj(at ->
                        "  " + (at + 1) + "  " + methods.get(at).description() + "  (" + option(methods.get(at)) + ")")
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String option(SecondFactorMethod method) {
        return method instanceof Sms sms ? "--phone " + sms.phoneId() : "--second-factor trusted-device";
    }

    /** The number by which a way is shown. */
    int numberOf(SecondFactorMethod method) {
        return methods.indexOf(method) + 1;
    }

    /** The text messages. */
    WaysToGetCode bySms() {
        return new WaysToGetCode(methods.stream().filter(Sms.class::isInstance).toList());
    }

    /** The codes that devices show. */
    WaysToGetCode byDevice() {
        return new WaysToGetCode(
                methods.stream().filter(method -> !(method instanceof Sms)).toList());
    }

    /** The text messages to the phone with an id, or else to those whose number ends in the digits. */
    WaysToGetCode byPhone(String wanted) {
        String digits = wanted.replaceAll("\\D", "");
        List<SecondFactorMethod> byId =
                phones(sms -> String.valueOf(sms.phoneId()).equals(wanted.strip()));
        if (!byId.isEmpty()) {
            return new WaysToGetCode(byId);
        }
        return new WaysToGetCode(phones(sms -> endsIn(sms.obfuscatedNumber(), digits)));
    }

    private List<SecondFactorMethod> phones(java.util.function.Predicate<Sms> wanted) {
        return methods.stream()
                .filter(method -> method instanceof Sms sms && wanted.test(sms))
                .toList();
    }

    /** Most of the number is hidden, so a whole number that was typed is compared by what is shown. */
    private static boolean endsIn(String shown, String digits) {
        String end = shown.replaceAll(".*\\D", "");
        return digits.length() >= MIN_LAST_DIGITS && !end.isEmpty() && (end.endsWith(digits) || digits.endsWith(end));
    }

    /** The way that a person chose by its number in the list, or by the end of a phone number. */
    Optional<SecondFactorMethod> answered(String answer) {
        for (SecondFactorMethod method : methods) {
            if (String.valueOf(numberOf(method)).equals(answer.strip())) {
                return Optional.of(method);
            }
        }
        String digits = answer.replaceAll("\\D", "");
        List<SecondFactorMethod> byEnd = phones(sms -> endsIn(sms.obfuscatedNumber(), digits));
        return byEnd.size() == 1 ? Optional.of(byEnd.get(0)) : Optional.empty();
    }
}
