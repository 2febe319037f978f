package org.trackerreports.fetcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.route.Answer;
import org.trackerreports.server.route.Route;
import org.trackerreports.server.route.Scope;

/** The routes of the set-up are those that the description of the API has. What they answer is compared in the tests of whole systems. */
class SetupDescriptionTest {

    private static JsonNode description() throws IOException {
        try (InputStream in = Route.class.getResourceAsStream("/org/trackerreports/server/internal/api/openapi.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    @Test
    void describesEveryRouteOfTheSetUpAndNoOther() throws IOException {
        TreeSet<String> routes = new TreeSet<>();
        Arrays.stream(SetupPath.values())
                .map(path -> path.to(Scope.ADMIN, request -> Answer.noContent()))
                .forEach(route -> routes.add(route.method() + " " + route.path()));
        TreeSet<String> described = new TreeSet<>();
        description().path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith("/api/v1/setup"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .forEach(method -> {
                            described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                            assertThat(method.getValue().path("description").asText())
                                    .endsWith("Scope: " + Scope.ADMIN.word() + ".");
                        }));

        assertThat(described).isEqualTo(routes);
    }
}
