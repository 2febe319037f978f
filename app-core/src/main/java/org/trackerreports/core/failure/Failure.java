package org.trackerreports.core.failure;

/**
 * Why a program ends, for the person at the terminal.
 *
 * @param exitCode one of {@link ExitCode}
 * @param message what happened and what to do next
 */
public record Failure(int exitCode, String message) {}
