package org.trackerreports.server.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Fields;
import org.trackerreports.server.internal.access.Head;
import org.trackerreports.server.route.Caller;
import org.trackerreports.server.route.ProblemException;
import org.trackerreports.server.route.Request;
import org.trackerreports.server.route.UploadedPart;

/** A request as it came by HTTP. */
public record WebRequest(
        String method,
        String path,
        Map<String, String> pathParameters,
        Fields parameters,
        HttpFields headers,
        Caller caller,
        Head head,
        byte[] body)
        implements Request {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the path of this route has no {" + name + "}");
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(parameters.getValue(name));
    }

    @Override
    public List<String> queryAll(String name) {
        return parameters.getValuesOrEmpty(name);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public ObjectNode json() {
        try {
            JsonNode json = JSON.readTree(body);
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw notJson();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory could not be read", e);
        }
        throw notJson();
    }

    private static ProblemException notJson() {
        return ProblemException.badRequest("The body of the request must be a JSON object.");
    }

    @Override
    public List<UploadedPart> parts() {
        return FormParts.read(header("Content-Type").orElse(""), body);
    }

    @Override
    public String toString() {
        return "WebRequest[" + method + "]";
    }
}
