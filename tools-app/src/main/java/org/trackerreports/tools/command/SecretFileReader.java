package org.trackerreports.tools.command;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.trackerreports.core.failure.ExitCode;
import org.trackerreports.core.text.FileProblems;
import org.trackerreports.findmy.file.TextFiles;

/** Reads secrets from files, because arguments are visible in the list of processes. */
public final class SecretFileReader {

    private SecretFileReader() {}

    /**
     * The text of a file without the end of its line.
     *
     * @param what what the file should hold, for the message
     * @return the secret; the caller wipes it
     * @throws CommandFailure if the file cannot be read or is empty
     */
    public static char[] read(Path file, String what) throws CommandFailure {
        byte[] bytes;
        try {
            bytes = TextFiles.readBytes(file, TextFiles.MAX_BYTES);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(ExitCode.FAILED, "There is no file " + file + "; it should hold " + what + ".");
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, file + " cannot be read: " + FileProblems.reason(e) + ".");
        }
        CharBuffer text = TextFiles.decode(bytes);
        Arrays.fill(bytes, (byte) 0);
        int end = text.limit();
        while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
            end--;
        }
        char[] secret = new char[end];
        text.get(secret);
        Arrays.fill(text.array(), '\0');
        if (end == 0) {
            throw new CommandFailure(ExitCode.FAILED, "The file " + file + " is empty; it should hold " + what + ".");
        }
        return secret;
    }
}
