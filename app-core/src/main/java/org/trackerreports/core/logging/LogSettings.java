package org.trackerreports.core.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.config.Options.LogFormat;
import org.trackerreports.core.text.Printable;

/** Applies the configuration to the log. Only for programs of this project, because it changes the log of the whole JVM. */
public final class LogSettings {

    private LogSettings() {}

    /**
     * Sets the level before the first line is logged, when the configuration is not known yet. A level that does not exist is ignored:
     * the configuration names it as a mistake.
     *
     * @param environment the environment's variables
     * @param standard the level if the environment names none
     * @param ofAccounts the level for what the accounts tell, if the environment names none
     */
    public static void begin(Map<String, String> environment, String standard, String ofAccounts) {
        Optional<String> given =
                Optional.ofNullable(environment.get(Options.LOG_LEVEL.name())).flatMap(LogSettings::level);
        System.setProperty("LOG_LEVEL", given.orElse(standard));
        System.setProperty("ACCOUNTS_LOG_LEVEL", given.orElse(ofAccounts));
    }

    private static Optional<String> level(String given) {
        try {
            return Optional.of(Options.LOG_LEVEL.type().parser().apply(given).name());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Applies level and format, and counts repeated failures from now on. Does nothing in a program that embeds the daemon and uses
     * another log than Logback.
     */
    public static void apply(Configuration configuration, Clock clock) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return;
        }
        if (configuration.isGiven(Options.LOG_LEVEL)) {
            context.getLogger("org.trackerreports")
                    .setLevel(Level.convertAnSLF4JLevel(configuration.get(Options.LOG_LEVEL)));
        }
        if (configuration.get(Options.LOG_FORMAT) == LogFormat.JSON) {
            writeJson(context);
        }
        if (repeatedFailures(context).isEmpty()) {
            RepeatedFailures filter = new RepeatedFailures(clock);
            filter.setContext(context);
            filter.start();
            context.addTurboFilter(filter);
        }
    }

    /** Logs the counts of repeated failures whose time is over. Must be called periodically. */
    public static void logCounts() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            repeatedFailures(context).ifPresent(RepeatedFailures::logCounts);
        }
    }

    private static Optional<RepeatedFailures> repeatedFailures(LoggerContext context) {
        return context.getTurboFilterList().stream()
                .filter(RepeatedFailures.class::isInstance)
                .map(RepeatedFailures.class::cast)
                .findFirst();
    }

    private static void writeJson(LoggerContext context) {
        Iterator<Appender<ILoggingEvent>> appenders =
                context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders();
        while (appenders.hasNext()) {
            if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> appender) {
                appender.setEncoder(jsonEncoder(context));
            }
        }
    }

    /** Control characters are escaped by the format itself; characters that only change how a text looks are not. */
    private static final class SafeJsonEncoder extends JsonEncoder {

        @Override
        public byte[] encode(ILoggingEvent event) {
            String line = new String(super.encode(event), StandardCharsets.UTF_8).stripTrailing();
            return (Printable.of(line) + "\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    static JsonEncoder jsonEncoder(LoggerContext context) {
        JsonEncoder encoder = new SafeJsonEncoder();
        encoder.setContext(context);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithMarkers(false);
        encoder.setWithMDC(false);
        encoder.setWithKVPList(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        return encoder;
    }
}
