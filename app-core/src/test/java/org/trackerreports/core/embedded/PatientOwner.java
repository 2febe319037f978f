package org.trackerreports.core.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.trackerreports.core.embedded.EmbeddedServers.Request;
import org.trackerreports.core.embedded.EmbeddedServers.User;

/** A command that starts the servers and runs until a signal ends it. */
final class PatientOwner {

    private PatientOwner() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedServers servers = EmbeddedServers.open(
                DataDirectory.prepare(Path.of(arguments[0])), new Request(User.TOOL, 0, 0, Path.of(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
        new CountDownLatch(1).await();
    }
}
