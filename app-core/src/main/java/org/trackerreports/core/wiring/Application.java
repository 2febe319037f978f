package org.trackerreports.core.wiring;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import jakarta.inject.Provider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.trackerreports.core.config.Configuration;
import org.trackerreports.core.embedded.EmbeddedServers;

/**
 * Everything put together for one run of a program. Each part is made when it is first asked for, so a command that needs no database
 * starts none. Close it to close all of it.
 */
public final class Application implements AutoCloseable {

    private static final String GUICE_MAKES_CLASSES = "guice_bytecode_gen_option";

    static {
        // For calls that are a little quicker Guice makes classes in a way that newer JVMs warn of; a few calls at the
        // start need none.
        if (System.getProperty(GUICE_MAKES_CLASSES) == null) {
            System.setProperty(GUICE_MAKES_CLASSES, "DISABLED");
        }
    }

    private final Injector injector;

    private Application(Injector injector) {
        this.injector = injector;
    }

    /**
     * Puts the parts together; opens nothing yet.
     *
     * @param own what the program adds to the parts that both share
     */
    public static Application of(Configuration configuration, EmbeddedServers.User user, Clock clock, Module... own) {
        return of(() -> configuration, user, clock, own);
    }

    /**
     * The same for a program that puts the parts together before it knows its configuration.
     *
     * @param configuration is asked once, when the first part needs it
     */
    public static Application of(
            Provider<Configuration> configuration, EmbeddedServers.User user, Clock clock, Module... own) {
        List<Module> modules = new ArrayList<>(List.of(
                new BaseModule(configuration, clock),
                new StoreModule(user),
                new QueueModule(),
                new FindMyModule(),
                new PipelineModule()));
        modules.addAll(List.of(own));
        return new Application(Guice.createInjector(Stage.DEVELOPMENT, modules));
    }

    /** A part. */
    public <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    @Override
    public void close() {
        injector.getInstance(Resources.class).close();
    }
}
