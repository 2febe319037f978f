package org.trackerreports.tools.account;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that choose how a verification code comes. */
public final class SecondFactorChoice {

    /** How a person wants to get the code. */
    enum Factor {
        SMS,
        TRUSTED_DEVICE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--second-factor",
            paramLabel = "WAY",
            description = "How to get the code: ${COMPLETION-CANDIDATES}.")
    private Factor factor;

    @Option(
            names = "--phone",
            paramLabel = "ID",
            description = "The phone that gets the code by text message: its id in the list that is shown, or the last"
                    + " digits of its number.")
    private String phone;

    /** Whether the person chose anything. */
    boolean isMade() {
        return factor != null || phone != null;
    }

    /** Whether the options contradict each other. */
    boolean isContradictory() {
        return factor == Factor.TRUSTED_DEVICE && phone != null;
    }

    /** The phone that was chosen. */
    Optional<String> phone() {
        return Optional.ofNullable(phone);
    }

    /** Those of the ways that the options allow. */
    WaysToGetCode among(WaysToGetCode ways) {
        if (phone != null) {
            return ways.byPhone(phone);
        }
        if (factor == null) {
            return ways;
        }
        return factor == Factor.SMS ? ways.bySms() : ways.byDevice();
    }
}
