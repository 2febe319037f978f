package org.trackerreports.tools.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Problems with files in words; the exceptions of the platform often only name the file. */
public final class FileProblems {

    private FileProblems() {}

    /** Why a file cannot be read or written, without its name. */
    public static String reason(IOException exception) {
        if (exception instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (exception instanceof AccessDeniedException) {
            return "permission is denied";
        }
        if (exception instanceof FileAlreadyExistsException) {
            return "there is a file of that name already";
        }
        if (exception instanceof NotDirectoryException) {
            return "it is no folder";
        }
        if (exception instanceof CharacterCodingException) {
            return "it is not UTF-8";
        }
        if (exception instanceof FileSystemException problem && problem.getReason() != null) {
            return problem.getReason();
        }
        return exception.getMessage();
    }

    /** Which file has which problem. */
    static String sentence(FileSystemException exception) {
        return exception.getFile() + " cannot be used: " + reason(exception) + ".";
    }
}
