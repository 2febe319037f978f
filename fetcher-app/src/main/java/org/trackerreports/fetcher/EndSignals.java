package org.trackerreports.fetcher;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that stop the program: the first one stops it cleanly, a second one at once. Thread-safe.
 *
 * <p>A shutdown hook cannot detect a second signal. The JDK's class for signals is not part of Java SE, so it is used by reflection; where it
 * is missing, a shutdown hook is used instead. A signal that the parent process ignores stays ignored.
 */
final class EndSignals {

    private static final Logger LOG = LoggerFactory.getLogger(EndSignals.class);

    /** The conventional exit code of a signal is this number plus that of the signal. */
    private static final int EXIT_CODE_BASE = 128;

    private final AtomicReference<String> first = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<Thread> starting = new AtomicReference<>();
    private volatile int exitCode;

    /** Installs the handlers. */
    static EndSignals listen() {
        EndSignals signals = new EndSignals();
        signals.handle("TERM");
        signals.handle("INT");
        // For other ends of the JVM, such as the end of the terminal: the JVM waits for this hook.
        Runtime.getRuntime().addShutdownHook(new Thread(signals::endWithTheJvm, "end"));
        return signals;
    }

    /**
     * Runs the start of the program on this thread, and interrupts it at a signal: it may wait for servers for a long time.
     *
     * @return the result; empty if a signal ended the start
     */
    <T> Optional<T> start(Callable<T> start) throws Exception {
        starting.set(Thread.currentThread());
        try {
            return Optional.of(start.call());
        } catch (Exception e) {
            if (first.get() == null) {
                throw e;
            }
            LOG.info("Stopped before the start was complete.");
            LOG.debug("The start ended with this.", e);
            return Optional.empty();
        } finally {
            starting.set(null);
            if (Thread.interrupted()) {
                LOG.debug("The start was interrupted.");
            }
        }
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        end.await();
    }

    /** All parts are closed; the JVM may end. */
    void done() {
        closed.countDown();
    }

    /** The exit code of the first signal. */
    int exitCode() {
        return exitCode;
    }

    /**
     * Runs something at each SIGHUP, as service managers send it when a configuration changed. A program at a terminal still ends with it.
     */
    void onHangUp(Runnable work) {
        if (!isAtTerminal()) {
            handle("HUP", number -> {
                LOG.info("SIGHUP received: reading the files of the sinks again.");
                work.run();
            });
        }
    }

    /** Since Java 22 there is a console without a terminal, too. */
    private static boolean isAtTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private void handle(String name) {
        handle(name, number -> received(name, number));
    }

    private void handle(String name, IntConsumer received) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            Object signal = signalClass.getConstructor(String.class).newInstance(name);
            int number = (Integer) signalClass.getMethod("getNumber").invoke(signal);
            Object handler = Proxy.newProxyInstance(
                    handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, (proxy, method, arguments) -> {
                        received.accept(number);
                        return null;
                    });
            signalClass.getMethod("handle", signalClass, handlerClass).invoke(null, signal, handler);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            LOG.debug("This JVM does not support signal handlers.", e);
        } catch (InvocationTargetException e) {
            LOG.debug("This JVM does not support a handler of SIG{}.", name, e);
        }
    }

    private void received(String name, int number) {
        if (first.compareAndSet(null, name)) {
            LOG.info("SIG{} received: stopping. A second signal stops at once.", name);
            exitCode = EXIT_CODE_BASE + number;
            end.countDown();
            Optional.ofNullable(starting.get()).ifPresent(Thread::interrupt);
            return;
        }
        LOG.warn("SIG{} received: stopped at once. Leases are returned when they expire.", name);
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
