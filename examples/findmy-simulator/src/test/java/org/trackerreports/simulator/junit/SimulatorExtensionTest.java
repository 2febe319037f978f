package org.trackerreports.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;

class SimulatorExtensionTest {
    @RegisterExtension
    static final SimulatorExtension SIMULATOR =
            new SimulatorExtension(SimulatorSettings.defaults().withControlPort(0));

    @Test
    void startsWithItsSettings() {
        assertThat(SIMULATOR.simulator().controlUrl().getPort()).isPositive();
    }

    @Test
    void isGivenAsAParameter(Simulator simulator) {
        assertThat(simulator).isSameAs(SIMULATOR.simulator());
    }

    @Test
    void saysWhenItDoesNotRun() {
        assertThatThrownBy(() -> new SimulatorExtension().simulator()).hasMessageContaining("@ExtendWith");
    }
}
