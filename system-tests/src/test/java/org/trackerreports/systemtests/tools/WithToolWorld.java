package org.trackerreports.systemtests.tools;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link ToolWorld}, which is started for the first that asks and ends with the last test of the run. */
final class WithToolWorld implements ParameterResolver {

    /** Closed by JUnit at the end of the run. */
    private record Shared(ToolWorld world) implements AutoCloseable {

        static Shared start() {
            try {
                return new Shared(ToolWorld.start());
            } catch (Exception e) {
                throw new IllegalStateException("the tools' test world does not start", e);
            }
        }

        @Override
        public void close() throws IOException {
            world.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ToolWorld.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WithToolWorld.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .world();
    }
}
