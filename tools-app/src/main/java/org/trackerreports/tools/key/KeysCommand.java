package org.trackerreports.tools.key;

import picocli.CommandLine.Command;

/** Keys and key files. */
@Command(
        name = "keys",
        description = "Makes new keys and looks into key files.",
        footer = {"", "Example: findmy tools keys inspect Bike.keys"},
        mixinStandardHelpOptions = true,
        subcommands = {KeysGenerateCommand.class, KeysInspectCommand.class})
public final class KeysCommand {}
