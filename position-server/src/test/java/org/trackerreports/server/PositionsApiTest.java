package org.trackerreports.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.trackerreports.server.support.BikeTest;
import org.trackerreports.server.support.BikeWorld;
import org.trackerreports.server.support.TestServer;
import org.trackerreports.server.support.TestStore;

/** Latest positions on a map. */
class PositionsApiTest extends BikeTest {

    @Test
    void groupsPositionsInClustersAndLeavesFewAsTheyAre() {
        JsonNode few = world.server.json("/api/v1/positions?bbox=13,52,14,53&zoom=10");
        assertThat(few.path("features")).hasSize(1);
        assertThat(few.path("clustered").asBoolean()).isFalse();
        assertThat(few.path("features").get(0).path("properties").path("name").asText())
                .isEqualTo("Bike");
        assertThat(world.server.json("/api/v1/positions?bbox=14,52,15,53").path("features"))
                .isEmpty();
        assertThat(world.server.json("/api/v1/positions?bbox=-200,-90,200,90").path("features"))
                .hasSize(1);
        assertThat(world.server.get("/api/v1/positions?bbox=1,2,3").statusCode())
                .isEqualTo(400);
        assertThat(world.server.get("/api/v1/positions?bbox=1,20,3,10").statusCode())
                .isEqualTo(400);
    }

    @Test
    void clustersCountEveryTracker() {
        try (TestStore many = new TestStore(BikeWorld.CLOCK);
                TestServer crowded = new TestServer(many.dataSource(), BikeWorld.CLOCK)) {
            many.execute(
                    "INSERT INTO trackers (name, kind, key_material, key_id)"
                            + " SELECT 't' || i, 'static', '', (SELECT key_id FROM master_keys) FROM generate_series(1, 2500) i");
            many.execute(
                    "INSERT INTO latest_positions (tracker_id, \"timestamp\", digest, hashed_adv_key, location, confidence, received_at)"
                            + " SELECT id, '2026-11-29T10:00:00Z', gen_random_uuid(), name, location_of(50 + id % 10, id % 5), 2, now() FROM trackers");
            many.judge();

            JsonNode world = crowded.json("/api/v1/positions?zoom=3");

            assertThat(world.path("clustered").asBoolean()).isTrue();
            assertThat(world.path("total").asInt()).isEqualTo(2_500);
            int sum = 0;
            for (JsonNode feature : world.path("features")) {
                sum += feature.path("properties").path("count").asInt();
                assertThat(feature.path("properties").path("bbox")).hasSize(4);
            }
            assertThat(sum).isEqualTo(2_500);
            assertThat(crowded.json("/api/v1/positions?bbox=-0.5,49,0.5,70").path("features"))
                    .hasSize(500);
            assertThat(crowded.json("/api/v1/trackers?limit=10").path("trackers"))
                    .hasSize(10);
        }
    }
}
