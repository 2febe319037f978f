package org.trackerreports.server.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A request whose body has arrived completely. Used by one thread at a time. */
public interface Request {

    String method();

    /** The path, decoded, without the base path of the server. */
    String path();

    /**
     * What stands in the path for a name in braces of {@link Route#path}, decoded.
     *
     * @throws IllegalArgumentException if the route has no such name
     */
    String pathParameter(String name);

    /** The first value of a query parameter. */
    Optional<String> query(String name);

    /** All values of a query parameter, in order. */
    List<String> queryAll(String name);

    /** The first value of a header. */
    Optional<String> header(String name);

    /** The body; empty if there is none. */
    byte[] body();

    /**
     * The body as a JSON object.
     *
     * @throws ProblemException with status 400 if it is none
     */
    ObjectNode json();

    /**
     * The parts of a body of {@code multipart/form-data}.
     *
     * @throws ProblemException with status 400 if it is none
     */
    List<UploadedPart> parts();

    Caller caller();
}
