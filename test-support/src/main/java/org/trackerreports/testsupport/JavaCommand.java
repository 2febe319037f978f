package org.trackerreports.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines that run Java programs on the same JDK as the tests. */
public final class JavaCommand {

    private JavaCommand() {}

    /**
     * The path of a program of the JDK.
     *
     * @param name for example {@code java} or {@code jcmd}
     */
    public static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /**
     * The command that runs a class from the class path of the tests.
     *
     * @param javaOptions options of the virtual machine
     * @param mainClass the class with the {@code main} method, which need not be public
     */
    public static List<String> ofClass(List<String> javaOptions, Class<?> mainClass, String... arguments) {
        List<String> program = List.of("-cp", System.getProperty("java.class.path"), mainClass.getName());
        return command(javaOptions, program, arguments);
    }

    /**
     * The command that runs an executable jar.
     *
     * @param javaOptions options of the virtual machine
     */
    public static List<String> ofJar(List<String> javaOptions, Path jar, String... arguments) {
        return command(javaOptions, List.of("-jar", jar.toString()), arguments);
    }

    private static List<String> command(List<String> javaOptions, List<String> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program("java")));
        command.addAll(javaOptions);
        command.addAll(program);
        command.addAll(List.of(arguments));
        return List.copyOf(command);
    }

    /**
     * The executable jar of another module, which {@code mvn package} builds.
     *
     * @param module the directory of the module, relative to the module of the tests
     * @throws AssertionError if the jar does not exist
     */
    public static Path packagedJar(String module) {
        Path target = Path.of(module, "target").toAbsolutePath().normalize();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "*-app.jar")) {
                for (Path jar : jars) {
                    return jar;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("No executable jar in " + target + ". Run mvn package first.");
    }
}
