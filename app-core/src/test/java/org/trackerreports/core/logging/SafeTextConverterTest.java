package org.trackerreports.core.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SafeTextConverterTest {

    /** The configuration of the programs themselves, so that nobody takes the word out of the pattern. */
    @Test
    void noTextCanForgeALogLineOrControlATerminal() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(SafeTextConverterTest.class.getResource("/logback.xml"));
        ConsoleAppender<?> appender =
                (ConsoleAppender<?>) context.getLogger("ROOT").getAppender("stderr");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) appender.getEncoder();
        LoggingEvent event = new LoggingEvent(
                "none",
                context.getLogger("org.trackerreports.test"),
                Level.WARN,
                "refused: {}",
                new IllegalStateException("a\r\n12:00:00 INFO  forged by the exception"),
                new Object[] {"x\r\n12:00:00 INFO  forged\u001b[2J\u202e\u009b"});
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        assertThat(line)
                .contains("WARN", "refused: x", "forged by the exception")
                .endsWith("\n");
        assertThat(line).doesNotContain("\r", "\u001b", "\u202e", "\u009b");
        assertThat(line.lines().skip(1)).isNotEmpty().allMatch(next -> next.startsWith("    "));
    }
}
