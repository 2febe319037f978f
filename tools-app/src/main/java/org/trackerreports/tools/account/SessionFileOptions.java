package org.trackerreports.tools.account;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.command.Terminal;
import picocli.CommandLine.Option;

/** Where a session is kept that is not in the database, as a mixin: an encrypted file, for use without any server. */
public final class SessionFileOptions {

    @Option(
            names = "--session",
            paramLabel = "FILE",
            description = "Keeps the account's session in this encrypted file instead of the database. The file is"
                    + " encrypted with the passphrase of --passphrase-file, else with MASTER_KEY if that is set, else with a"
                    + " passphrase that is asked for.")
    private Path file;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file that holds the passphrase of the session file.")
    private Path passphraseFile;

    /** The file, if one was given. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Opens the file that was given.
     *
     * @throws CommandFailure if nothing says how it is encrypted
     */
    public FileSessionStore open(Configuration configuration, Terminal terminal) throws CommandFailure {
        if (passphraseFile != null) {
            return withPassphrase(SecretFileReader.read(passphraseFile, "the passphrase of the session file"));
        }
        Optional<String> masterKey = configuration.find(Options.MASTER_KEY);
        if (masterKey.isPresent()) {
            return withMasterKey(masterKey.get());
        }
        char[] passphrase = terminal.askSecretly("Passphrase of " + file + ":")
                .filter(text -> text.length > 0)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE,
                        "The passphrase of " + file
                                + " is missing; give --passphrase-file FILE, or set MASTER_KEY in the environment."));
        return withPassphrase(passphrase);
    }

    private FileSessionStore withPassphrase(char[] passphrase) {
        try {
            return FileSessionStore.withPassphrase(file, passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private FileSessionStore withMasterKey(String base64) throws CommandFailure {
        try {
            byte[] key = Base64.getDecoder().decode(base64.strip());
            try {
                return FileSessionStore.withKey(file, key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.CONFIGURATION, "MASTER_KEY is not base64 of 32 bytes.");
        }
    }
}
