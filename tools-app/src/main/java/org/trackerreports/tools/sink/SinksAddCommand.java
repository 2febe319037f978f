package org.trackerreports.tools.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.sink.SinkFile;
import org.trackerreports.core.sink.SinkFileException;
import org.trackerreports.core.sink.SinkFiles;
import org.trackerreports.findmy.file.OwnerOnlyFiles;
import org.trackerreports.sinks.webhook.WebhookSecret;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.CommandFailure;
import org.trackerreports.tools.command.Installation;
import org.trackerreports.tools.command.InstallationCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes the file of a new sink. A webhook without a secret gets one. */
@Command(name = "add")
final class SinksAddCommand extends InstallationCommand implements Callable<Integer> {

    private static final String SECRET = "SECRET_FILE";

    @Parameters(index = "0", paramLabel = "NAME")
    private String name;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "LINE")
    private Map<String, String> lines;

    private final Provider<SinkFiles> filesProvider;

    @Inject
    SinksAddCommand(CommandContext context, Installation installation, Provider<SinkFiles> filesProvider) {
        super(context, installation);
        this.filesProvider = filesProvider;
    }

    @Override
    public Integer call() throws IOException, CommandFailure {
        if (!SinkFile.NAME.matcher(name).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The name of a sink has up to 50 letters, digits, _ and -: '" + name + "' does not.");
        }
        SinkFiles files = filesProvider.get();
        Path file = files.file(name);
        Path secret = files.directory().resolve(name + ".secret");
        if (Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "There is a sink " + name + " already: change " + file + ", or choose another name.");
        }
        Map<String, String> wanted = new TreeMap<>(lines);
        boolean newSecret = "webhook".equalsIgnoreCase(wanted.get("TYPE"))
                && !wanted.containsKey(SECRET)
                && !wanted.containsKey("TEXT")
                && !Files.exists(secret);
        OwnerOnlyFiles.createDirectories(files.directory());
        if (newSecret) {
            OwnerOnlyFiles.create(secret, (WebhookSecret.random(new SecureRandom()) + "\n").getBytes(UTF_8));
            wanted.put(SECRET, secret.getFileName().toString());
        }
        try {
            files.parse(name, wanted);
        } catch (SinkFileException e) {
            if (newSecret) {
                Files.delete(secret);
            }
            throw new CommandFailure(ExitCode.USAGE, "Nothing was added: " + String.join("; ", e.problems()) + ".");
        }
        OwnerOnlyFiles.create(file, text(wanted).getBytes(UTF_8));
        out().println("Sink " + name + " was added: " + file);
        if (newSecret) {
            out().println("Its requests are signed. Give the receiver the secret in " + secret);
        }
        note("Try it: findmy tools sinks test " + name);
        return ExitCode.DONE;
    }

    /** As a properties file has it, without the line of the time that Java writes. */
    private static String text(Map<String, String> lines) throws IOException {
        Properties properties = new Properties();
        properties.putAll(lines);
        StringWriter writer = new StringWriter();
        properties.store(writer, null);
        return writer.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
