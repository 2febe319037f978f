package org.trackerreports.tools.key;

import picocli.CommandLine.Command;

/** Keys and key files. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        subcommands = {KeysGenerateCommand.class, KeysInspectCommand.class})
public final class KeysCommand {}
