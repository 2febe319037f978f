package org.trackerreports.tools.command;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trackerreports.movement.Flag;

/** Tells flags apart: a wrong position is left out, an uncertain one is shown with its flag. */
public final class FlagWords {

    private static final Set<String> UNCERTAIN = Stream.of(Flag.values())
            .filter(flag -> !flag.isWrong())
            .map(Flag::name)
            .collect(Collectors.toSet());

    private FlagWords() {}

    /** Whether none of the flags says that the position is wrong. */
    public static boolean areUncertain(Collection<String> flags) {
        return UNCERTAIN.containsAll(flags);
    }
}
