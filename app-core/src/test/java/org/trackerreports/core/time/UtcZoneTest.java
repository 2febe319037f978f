package org.trackerreports.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** AET is a name that the JDK knows and PostgreSQL does not. */
class UtcZoneTest {

    @Test
    void opensInUtcAndLeavesTheZoneOfTheMachineAsItWas() throws Exception {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("AET"));
            assertThat(UtcZone.<String>open(() -> TimeZone.getDefault().getID()))
                    .isEqualTo("UTC");
            assertThat(TimeZone.getDefault().getID()).isEqualTo("AET");
            assertThatThrownBy(() -> UtcZone.open(() -> {
                        throw new SQLException("refused");
                    }))
                    .hasMessage("refused");
            assertThat(TimeZone.getDefault().getID()).as("after a failure").isEqualTo("AET");
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
