package org.trackerreports.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * FindMy.py's own classes, run by Python in a process of its own. Nothing of that program is part of this project; whoever wants the
 * comparison names a checkout.
 *
 * @param checkout the directory of the checkout
 */
public record FindMyPy(Path checkout) {

    /** Its name in the table. */
    public static final String NAME = "FindMy.py";

    private static final String SCRIPT = "findmy_py.py";

    /** Reports of an answer parsed and decrypted, per second and thread. */
    public double decryptions() throws IOException, InterruptedException {
        return run(Map.of(), "decrypt");
    }

    /** Keys made from their scalars, in a second and thread. */
    public double keys() throws IOException, InterruptedException {
        return run(Map.of(), "keys");
    }

    /** Windows of keys of an accessory at index 50,000, in a second and thread. */
    public double windows() throws IOException, InterruptedException {
        return run(Map.of(), "windows");
    }

    /**
     * Reports fetched, decrypted and stored in a second: one request after the other, one row after the other.
     *
     * @param environment where the services and the database are; the script's head says which variables
     */
    public double pipeline(Map<String, String> environment) throws IOException, InterruptedException {
        return run(environment, "pipeline");
    }

    private double run(Map<String, String> environment, String what) throws IOException, InterruptedException {
        Path script = Files.createTempFile("findmy_py", ".py");
        try (InputStream source = FindMyPy.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            List<String> command = new ArrayList<>(List.of(
                    "python3", script.toString(), checkout.toAbsolutePath().toString(), what));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        "FindMy.py could not be measured; see the lines above. Leave out --findmy-py, or install what Python"
                                + " misses.");
            }
            return Double.parseDouble(output.strip());
        } finally {
            Files.deleteIfExists(script);
        }
    }
}
