package org.trackerreports.tools.key;

import picocli.CommandLine.Command;

/** Single reports. */
@Command(
        name = "report",
        description = "Works with single reports.",
        footer = {"", "Example: findmy tools report decrypt --help"},
        mixinStandardHelpOptions = true,
        subcommands = ReportDecryptCommand.class)
public final class ReportCommand {}
