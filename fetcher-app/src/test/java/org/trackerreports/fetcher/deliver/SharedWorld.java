package org.trackerreports.fetcher.deliver;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.trackerreports.testsupport.Directories;

/** One {@link DeliverWorld} for all classes that ask for it in their constructor; it is started by the first and closed after the last. */
final class SharedWorld implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedWorld.class);

    private record Started(DeliverWorld world, Path directory) implements AutoCloseable {

        static Started start() {
            try {
                Path directory = Files.createTempDirectory("deliver-world");
                return new Started(new DeliverWorld(directory), directory);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            world.close();
            Directories.delete(directory);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DeliverWorld.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, type -> Started.start(), Started.class)
                .world();
    }
}
