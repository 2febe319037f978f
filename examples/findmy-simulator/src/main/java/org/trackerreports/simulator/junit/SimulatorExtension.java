package org.trackerreports.simulator.junit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.trackerreports.simulator.Simulator;
import org.trackerreports.simulator.SimulatorSettings;

/**
 * Starts a simulator before the first test of a class and stops it after the last.
 *
 * <p>Either {@code @ExtendWith(SimulatorExtension.class)} and a parameter of type {@link Simulator} in tests and set-up methods, or,
 * with settings:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatorExtension SIMULATOR = new SimulatorExtension(SimulatorSettings.defaults().withSeed(42));
 * }</pre>
 */
public final class SimulatorExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private final SimulatorSettings settings;
    private @Nullable Simulator simulator;

    /** With the default settings. */
    public SimulatorExtension() {
        this(SimulatorSettings.defaults());
    }

    /** With settings; ports are best left free. */
    public SimulatorExtension(SimulatorSettings settings) {
        this.settings = settings;
    }

    /**
     * The running simulator.
     *
     * @throws IllegalStateException outside of a test class, or if the extension was not registered in a static field
     */
    public Simulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException(
                    "The simulator is not running: register the extension with @ExtendWith or in a static field.");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        simulator = Simulator.start(settings);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        simulator().close();
        simulator = null;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }
}
