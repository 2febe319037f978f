package org.trackerreports.tools.key;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trackerreports.core.keyfile.KeySource;
import org.trackerreports.core.text.Printable;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.command.Terminal;
import picocli.CommandLine.Option;

/** The codes of locked zips: from a file, or from a person at the terminal. */
public final class ZipCodes {

    private static final int MAX_QUESTIONS = 3;

    @Option(
            names = "--code-file",
            paramLabel = "FILE",
            description =
                    "A file with the code of a locked zip, as OpenTagViewer's exporter shows it; for several zips one"
                            + " code in each line. Default: asked for at a terminal.")
    private @Nullable Path codeFile;

    /** The codes for files, of which some may be locked. */
    List<String> of(List<KeySource> files, Terminal terminal) throws CommandFailure {
        List<String> codes = new ArrayList<>();
        if (codeFile != null) {
            char[] text = SecretFileReader.read(codeFile, "the code of the zip");
            new String(text).lines().filter(line -> !line.isBlank()).forEach(codes::add);
            Arrays.fill(text, '\0');
            return codes;
        }
        for (KeySource file : files) {
            if (file.isLocked() && codes.stream().noneMatch(file::isOpenedBy)) {
                ask(file, terminal).ifPresent(codes::add);
            }
        }
        return codes;
    }

    /** The last answer, even if it opens nothing: what is wrong is told where the zip is read. */
    private static Optional<String> ask(KeySource file, Terminal terminal) {
        String question = "Code of " + Printable.of(file.name()) + ", such as H4K2-9WMR-7TQX:";
        Optional<String> code = Optional.empty();
        for (int number = 0; number < MAX_QUESTIONS; number++) {
            Optional<char[]> answer = terminal.askSecretly(question);
            if (answer.isEmpty() || answer.get().length == 0) {
                return code;
            }
            code = answer.map(String::new);
            Arrays.fill(answer.get(), '\0');
            if (file.isOpenedBy(code.get())) {
                return code;
            }
            question = "This code does not open it. The code, as the exporter showed it:";
        }
        return code;
    }
}
