package org.trackerreports.tools.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.trackerreports.core.failure.Failures;

/** Explains problems with files; the platform's exceptions often only name the file. */
public final class FileProblems {

    private FileProblems() {}

    /** Why a file cannot be read or written, without its name. */
    public static String reason(IOException exception) {
        if (exception instanceof NoSuchFileException) {
            return "the file does not exist";
        }
        if (exception instanceof AccessDeniedException) {
            return "permission is denied";
        }
        if (exception instanceof FileAlreadyExistsException) {
            return "a file of that name already exists";
        }
        if (exception instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (exception instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (exception instanceof FileSystemException problem && problem.getReason() != null) {
            return problem.getReason();
        }
        return Failures.message(exception);
    }

    /** Names the file and the problem. */
    static String sentence(FileSystemException exception) {
        return exception.getFile() + " cannot be used: " + reason(exception) + ".";
    }
}
