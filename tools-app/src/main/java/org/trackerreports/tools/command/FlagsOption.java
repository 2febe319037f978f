package org.trackerreports.tools.command;

import org.jspecify.annotations.Nullable;
import org.trackerreports.store.history.FlagFilter;
import picocli.CommandLine.Option;

/** The option {@code --flags} of every command that shows reports, as a mixin. */
public final class FlagsOption {

    @Option(
            names = "--flags",
            paramLabel = "WHICH",
            description =
                    "Reports with flags: ${COMPLETION-CANDIDATES}. without leaves out those whose flags say that the position is"
                            + " wrong, and shows uncertain ones with their flag; only shows whatever has a flag. Default:"
                            + " without; of fetch, which shows what came: with.")
    private @Nullable FlagFilter flags;

    /** What was chosen. */
    public FlagFilter or(FlagFilter unlessChosen) {
        return flags == null ? unlessChosen : flags;
    }

    /** Says which reports a command showed, for a sentence about reports: " without flags". */
    public static String phrase(FlagFilter flags) {
        return switch (flags) {
            case WITHOUT -> " without flags of a wrong position";
            case WITH -> "";
            case ONLY -> " with flags";
        };
    }
}
