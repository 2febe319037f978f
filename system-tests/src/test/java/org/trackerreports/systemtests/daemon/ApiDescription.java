package org.trackerreports.systemtests.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/** The description of the API that a server has, and what its answers look like. */
final class ApiDescription {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode api;

    ApiDescription(String json) throws IOException {
        api = JSON.readTree(json);
    }

    /**
     * Fails if an answer is not as it is described.
     *
     * @param path with its query
     */
    void requireDescribed(String method, String path, int status, String body) {
        JsonNode operation = api.path("paths").properties().stream()
                .filter(each ->
                        path.replaceFirst("\\?.*", "").matches(each.getKey().replaceAll("\\{[a-z]+\\}", "[^/]+")))
                .map(Map.Entry::getValue)
                .map(each -> each.path(method.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no path is described for " + path));
        JsonNode answer = operation.path("responses").path(Integer.toString(status));
        if (answer.has("$ref")) {
            answer = api.at(answer.get("$ref").asText().substring(1));
        }
        JsonNode schema =
                answer.at("/content/" + (status < 400 ? "application~1json" : "application~1problem+json") + "/schema");
        assertThat(schema.isMissingNode())
                .as("%s %s is described for status %s", method, path, status)
                .isFalse();
        ObjectNode whole =
                JSON.createObjectNode().put("$ref", schema.path("$ref").asText());
        whole.set("components", api.path("components"));
        assertThat(REGISTRY.getSchema(whole.toString(), InputFormat.JSON).validate(body, InputFormat.JSON))
                .as("%s %s answered %s", method, path, body)
                .isEmpty();
    }
}
