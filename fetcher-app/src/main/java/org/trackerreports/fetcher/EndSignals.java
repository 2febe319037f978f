package org.trackerreports.fetcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that end the program: the first asks it to end cleanly, a second ends it at once. Thread-safe.
 *
 * <p>The JDK's own way, a shutdown hook, cannot know of a second signal. Its class for signals is not part of Java SE, so it is used by name,
 * and where it is missing or disabled a shutdown hook has to do. A signal that the parent process had switched off stays off.
 */
final class EndSignals {

    private static final Logger LOG = LoggerFactory.getLogger(EndSignals.class);

    /** A signal's conventional exit code is this and its number. */
    private static final int EXIT_CODE_BASE = 128;

    private final AtomicReference<String> first = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int exitCode;

    /** Begins to listen. */
    static EndSignals listen() {
        EndSignals signals = new EndSignals();
        signals.handle("TERM");
        signals.handle("INT");
        // For whatever else ends the JVM, such as the end of the terminal: it waits for this hook.
        Runtime.getRuntime().addShutdownHook(new Thread(signals::endWithTheJvm, "end"));
        return signals;
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        end.await();
    }

    /** Everything is closed; who ends the JVM need not wait any longer. */
    void done() {
        closed.countDown();
    }

    /** The exit code of the first signal. */
    int exitCode() {
        return exitCode;
    }

    private void handle(String name) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            int number = (Integer) signalClass.getMethod("getNumber").invoke(signal);
            Object handler = Proxy.newProxyInstance(
                    handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        received(name, number);
                        return null;
                    });
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            LOG.debug("This JVM does not tell of signals.", e);
        } catch (InvocationTargetException e) {
            LOG.debug("This JVM does not tell of SIG{}.", name, e);
        }
    }

    private void received(String name, int number) {
        if (first.compareAndSet(null, name)) {
            LOG.info("SIG{}: ending; a second signal ends at once.", name);
            exitCode = EXIT_CODE_BASE + number;
            end.countDown();
            return;
        }
        LOG.warn("SIG{}: ended at once; what was claimed goes back when the leases run out.", name);
        Runtime.getRuntime().halt(EXIT_CODE_BASE + number);
    }

    private void endWithTheJvm() {
        end.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
