package org.trackerreports.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One measurement with JMH, in a separate virtual machine. */
public final class JmhFork {

    private static final int ITERATIONS = 3;

    private JmhFork() {}

    /**
     * Operations in a second.
     *
     * @param benchmark the class, with one thread
     * @param method its method
     * @param properties system properties of the virtual machine
     */
    public static double perSecond(Effort effort, Class<?> benchmark, String method, Map<String, String> properties)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + (benchmark.getName() + "." + method).replace(".", "\\.") + "$")
                .mode(Mode.Throughput)
                .timeUnit(TimeUnit.SECONDS)
                .threads(1)
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(each(effort.warmUp().toMillis()))
                .measurementIterations(ITERATIONS)
                .measurementTime(each(effort.measured().toMillis()))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .jvmArgsAppend(properties.entrySet().stream()
                        .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
    }

    private static TimeValue each(long totalMillis) {
        return TimeValue.milliseconds(Math.max(1, totalMillis / ITERATIONS));
    }
}
