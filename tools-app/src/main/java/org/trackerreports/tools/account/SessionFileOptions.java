package org.trackerreports.tools.account;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.findmy.FileSessionStore;
import org.trackerreports.store.secret.MasterKey;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.SecretFileReader;
import org.trackerreports.tools.command.Terminal;
import picocli.CommandLine.Option;

/** The options of an encrypted session file, for use without a database, as a mixin. */
public final class SessionFileOptions {

    @Option(
            names = "--session",
            paramLabel = "FILE",
            description = "Stores the account's session in this file instead of the database. The file is"
                    + " encrypted with the passphrase of --passphrase-file, or with MASTER_KEY if that is set, or with a"
                    + " passphrase that you are asked for.")
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
     * Opens the session file.
     *
     * @throws CommandFailure if there is neither a passphrase nor a valid MASTER_KEY
     */
    public FileSessionStore open(Configuration configuration, Terminal terminal) throws CommandFailure {
        if (passphraseFile != null) {
            return withPassphrase(SecretFileReader.read(passphraseFile, "the passphrase of the session file"));
        }
        Optional<MasterKey> masterKey = configuration.find(Options.MASTER_KEY);
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

    private FileSessionStore withMasterKey(MasterKey masterKey) {
        byte[] key = Base64.getDecoder().decode(masterKey.toBase64());
        try {
            return FileSessionStore.withKey(file, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
