package org.trackerreports.systemtests.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.trackerreports.testsupport.Directories;

/** Gives tests the {@link SharedServers}, which start for the first test that asks and stop after the last test of the run. */
final class WithSharedServers implements ParameterResolver {

    /** Closed by JUnit at the end of the run. */
    private record Shared(Path directory, SharedServers servers) implements AutoCloseable {

        static Shared start() {
            try {
                Path directory = Files.createTempDirectory("shared-servers");
                return new Shared(directory, new SharedServers(directory));
            } catch (Exception e) {
                throw new IllegalStateException("The servers that the tests share do not start.", e);
            }
        }

        @Override
        public void close() {
            servers.close();
            Directories.delete(directory);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SharedServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(WithSharedServers.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class)
                .servers();
    }
}
