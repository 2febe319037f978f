package org.trackerreports.tools.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A terminal with a person who can be asked, or nobody. */
public interface Terminal {

    /** Nobody can be asked: a script, a service, a test. */
    Terminal NOBODY = new Terminal() {
        @Override
        public boolean isThere() {
            return false;
        }

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
            public boolean isThere() {
                return true;
            }

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

    /** Whether standard error of this process goes to a terminal. */
    static boolean watchesErrors() {
        try {
            // Linux tells this for each stream. Elsewhere Java only knows whether both input and output are a terminal.
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /** Whether a person can be asked. */
    boolean isThere();

    /** The answer; empty if nobody can be asked. */
    Optional<String> ask(String question);

    /** The answer, which is not shown while it is typed; empty if nobody can be asked. */
    Optional<char[]> askSecretly(String question);
}
