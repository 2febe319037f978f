package org.trackerreports.tools;

import java.io.Console;
import java.util.Optional;

/** A person at a terminal who can be asked, or nobody. */
interface Terminal {

    /** Nobody is there: a script, a service, a test. */
    Terminal NOBODY = new Terminal() {
        @Override
        public Optional<String> ask(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<char[]> askSecretly(String question) {
            return Optional.empty();
        }
    };

    /** The terminal of this process, if it has one. */
    static Terminal ofSystem() {
        Console console = System.console();
        if (console == null) {
            return NOBODY;
        }
        return new Terminal() {
            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(console.readLine("%s ", question)).map(String::strip);
            }

            @Override
            public Optional<char[]> askSecretly(String question) {
                return Optional.ofNullable(console.readPassword("%s ", question));
            }
        };
    }

    /** The answer; empty if nobody is there. */
    Optional<String> ask(String question);

    /** The answer, typed without being shown; empty if nobody is there. */
    Optional<char[]> askSecretly(String question);
}
