package org.trackerreports.tools.key;

import picocli.CommandLine.Command;

/** Single reports. */
@Command(
        name = "report",
        description = "Works with single reports.",
        mixinStandardHelpOptions = true,
        subcommands = ReportDecryptCommand.class)
public final class ReportCommand {}
