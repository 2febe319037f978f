package org.trackerreports.tools.maintenance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trackerreports.core.config.Options;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.failure.Failures;
import org.trackerreports.tools.command.CommandContext;
import org.trackerreports.tools.command.JsonOption;
import org.trackerreports.tools.command.ToolCommand;
import org.trackerreports.tools.maintenance.Finding.Level;
import org.trackerreports.tools.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks everything that has to work. */
@Command(name = "doctor")
public final class DoctorCommand extends ToolCommand implements Callable<Integer> {

    private static final int SECONDS = 30;

    @Option(names = "--canary", paramLabel = "TRACKER")
    private String canary;

    @Mixin
    private JsonOption reading;

    private final SystemChecks system;
    private final ServiceChecks services;

    @Inject
    DoctorCommand(CommandContext context, SystemChecks system, ServiceChecks services) {
        super(context);
        this.system = system;
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, Callable<Finding>> checks = checks();
        ArrayNode array = Json.array();
        boolean failed = false;
        ExecutorService executor = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "check");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (Map.Entry<String, Callable<Finding>> check : checks.entrySet()) {
                Finding finding = limited(executor, check.getValue());
                failed |= finding.level() == Level.FAIL;
                if (reading.json()) {
                    array.addObject()
                            .put("check", check.getKey())
                            .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                            .put("found", finding.what())
                            .put("next_step", finding.nextStep().isEmpty() ? null : finding.nextStep());
                } else {
                    print(check.getKey(), finding);
                }
            }
        } finally {
            executor.shutdownNow();
        }
        if (reading.json()) {
            Json.print(array, out());
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private Map<String, Callable<Finding>> checks() {
        Map<String, Callable<Finding>> checks = new LinkedHashMap<>();
        checks.put("configuration", system::configuration);
        checks.put("database", system::database);
        checks.put("store", system.withDatabase(system::store));
        checks.put("redis", system::redis);
        checks.put("files", system::files);
        checks.put("anisette", services::anisette);
        checks.put("sign-in service", () -> services.address(Options.FINDMY_GSA_URL));
        checks.put("setup service", () -> services.address(Options.FINDMY_SETUP_URL));
        checks.put("report service", () -> services.address(Options.FINDMY_GATEWAY_URL));
        checks.put("clock", services::clock);
        checks.put("accounts", system.withDatabase(system::accounts));
        checks.put("sinks", system.withDatabase(system::sinks));
        if (canary != null) {
            checks.put("canary", system.withDatabase(() -> services.canary(canary)));
        }
        return checks;
    }

    /** Runs a check. One that hangs or throws fails; the others still run. */
    private static Finding limited(ExecutorService executor, Callable<Finding> check) throws InterruptedException {
        Future<Finding> running = executor.submit(check);
        try {
            return running.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            running.cancel(true);
            return Finding.fail("no answer within " + SECONDS + " s", "Check whether it can be reached from here.");
        } catch (ExecutionException e) {
            return Finding.fail(
                    Failures.of(e.getCause() == null ? e : e.getCause()).message(),
                    "Correct this, then run doctor again.");
        }
    }

    private void print(String name, Finding finding) {
        out().printf(
                        Locale.ROOT,
                        "%-4s  %-16s  %s%n",
                        finding.level().name().toLowerCase(Locale.ROOT),
                        name,
                        finding.what());
        if (!finding.nextStep().isEmpty()) {
            out().println(" ".repeat(24) + "Next step: " + finding.nextStep());
        }
        out().flush();
    }
}
