package org.trackerreports.core.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/** Explains problems with files; the platform's exceptions often only name the file. */
public final class FileProblems {

    private static final Map<Class<? extends IOException>, String> REASONS = Map.of(
            NoSuchFileException.class, "the file does not exist",
            AccessDeniedException.class, "permission is denied",
            FileAlreadyExistsException.class, "a file of that name already exists",
            NotDirectoryException.class, "it is not a folder",
            CharacterCodingException.class, "it is not UTF-8");

    private FileProblems() {}

    /** Why a file cannot be read or written, without its name. */
    public static String reason(IOException exception) {
        Optional<String> known = REASONS.entrySet().stream()
                .filter(each -> each.getKey().isInstance(exception))
                .map(Map.Entry::getValue)
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        if (exception instanceof FileSystemException problem && problem.getReason() != null) {
            return Printable.brief(problem.getReason());
        }
        return exception.getMessage() == null ? "reading or writing failed" : Printable.brief(exception.getMessage());
    }

    /** Names the file and the problem. */
    public static String sentence(FileSystemException exception) {
        return Printable.of(exception.getFile()) + " cannot be used: " + reason(exception) + ".";
    }
}
