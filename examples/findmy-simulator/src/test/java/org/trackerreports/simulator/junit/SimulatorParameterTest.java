package org.trackerreports.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.trackerreports.simulator.SimulatedAccount;
import org.trackerreports.simulator.Simulator;

@ExtendWith(SimulatorExtension.class)
class SimulatorParameterTest {
    @BeforeEach
    void addAccount(Simulator simulator) {
        if (simulator.accounts().all().isEmpty()) {
            simulator.accounts().add(SimulatedAccount.of("a@example.com", "p"));
        }
    }

    @Test
    void worksByAnnotationAlone(Simulator simulator) {
        assertThat(simulator.accounts().dsid("a@example.com")).isNotBlank();
    }
}
