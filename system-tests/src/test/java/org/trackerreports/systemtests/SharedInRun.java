package org.trackerreports.systemtests;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one instance of something expensive. It starts for the first test that asks and is closed by JUnit after the last test of
 * the run.
 *
 * @param <T> the type of the parameter that tests declare
 */
public abstract class SharedInRun<T extends AutoCloseable> implements ParameterResolver {

    private final Class<T> type;
    private final Callable<T> start;

    /**
     * Shares instances of a type.
     *
     * @param start makes the instance
     */
    protected SharedInRun(Class<T> type, Callable<T> start) {
        this.type = type;
        this.start = start;
    }

    @Override
    public final boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == type;
    }

    @Override
    public final Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return in(context);
    }

    /** The instance of a run, for another extension that builds on it. */
    public final T in(ExtensionContext context) {
        // Surefire runs each class on its own where several processes share the classes, so the root's store would end
        // with the class.
        return context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(getClass()))
                .computeIfAbsent(type, key -> started(), type);
    }

    private T started() {
        try {
            return start.call();
        } catch (Exception e) {
            throw new IllegalStateException(type.getSimpleName() + " does not start", e);
        }
    }
}
