package org.trackerreports.core.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options as arguments of a command line. */
public final class OptionArguments {

    private static final String CONFIG = "--config";

    private OptionArguments() {}

    /**
     * Adds {@code --config} and every option that is not a secret.
     *
     * @param hidden whether the help and the completion leave the options out, except {@code --config}
     */
    public static void addTo(CommandSpec command, boolean hidden) {
        command.addOption(OptionSpec.builder(CONFIG)
                .type(Path.class)
                .paramLabel("FILE")
                .description("A file of NAME=value lines. Arguments and the environment take precedence over it.")
                .build());
        for (Option<?> option : Options.ALL) {
            if (!option.secret()) {
                command.addOption(OptionSpec.builder(option.argument())
                        .type(String.class)
                        .paramLabel("VALUE")
                        .description(describe(option))
                        .hidden(hidden)
                        .build());
            }
        }
    }

    private static String describe(Option<?> option) {
        String unit =
                option.type().unit().isEmpty() ? "" : " In " + option.type().unit() + ".";
        String standard = option.defaultText().map(text -> " Default: " + text).orElse("");
        return (option.description() + unit + standard + " (" + option.name() + ")").replace("%", "%%");
    }

    /** The texts of the arguments, by option name. */
    public static Map<String, String> texts(ParseResult parsed) {
        Map<String, String> texts = new HashMap<>();
        for (Option<?> option : Options.ALL) {
            if (!option.secret() && parsed.hasMatchedOption(option.argument())) {
                texts.put(option.name(), parsed.matchedOptionValue(option.argument(), ""));
            }
        }
        return texts;
    }

    /** The configuration file named by {@code --config} or {@code CONFIG_FILE}. */
    public static Optional<Path> file(ParseResult parsed, Map<String, String> environment) {
        return Optional.ofNullable(parsed.matchedOption(CONFIG))
                .map(OptionSpec::<Path>getValue)
                .or(() -> Optional.ofNullable(environment.get("CONFIG_FILE"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of));
    }
}
