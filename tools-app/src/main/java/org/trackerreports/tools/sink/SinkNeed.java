package org.trackerreports.tools.sink;

/**
 * What a sink needs to work.
 *
 * @param person whether it goes on only after somebody did something
 * @param found what is the matter, without a full stop
 * @param nextStep a command, or a sentence
 */
public record SinkNeed(boolean person, String found, String nextStep) {}
