package org.trackerreports.tools.key;

import picocli.CommandLine.Command;

/** Single reports. */
@Command(name = "report", mixinStandardHelpOptions = true, subcommands = ReportDecryptCommand.class)
public final class ReportCommand {}
