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
 * The parts of one run of a program, wired by Guice. Each part is created when it is first needed, so a command that needs no database
 * starts none. Closing this closes all parts.
 */
public final class Application implements AutoCloseable {

    private static final String GUICE_GENERATES_CLASSES = "guice_bytecode_gen_option";

    static {
        // Newer JVMs warn about the classes that Guice generates for faster calls, and a start makes few calls.
        PropertyDefault.set(GUICE_GENERATES_CLASSES, "DISABLED");
    }

    private final Injector injector;

    private Application(Injector injector) {
        this.injector = injector;
    }

    /**
     * Wires the parts. Opens nothing yet.
     *
     * @param own the modules of the program itself
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
                new SinksModule(),
                new PipelineModule()));
        modules.addAll(List.of(own));
        return new Application(Guice.createInjector(Stage.DEVELOPMENT, modules));
    }

    /** Returns a part. */
    public <T> T get(Class<T> type) {
        return injector.getInstance(type);
    }

    @Override
    public void close() {
        injector.getInstance(Resources.class).close();
    }
}
