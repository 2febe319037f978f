package org.trackerreports.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedTagTest {
    @Test
    void keysFitTogetherAndFollowFromTheSeed() {
        List<GeneratedTag> tags = GeneratedTag.make(5, 50);
        World world = new World(5);
        for (GeneratedTag tag : tags) {
            assertThat(tag.advertisedKey())
                    .isEqualTo(ReportCipherTest.advertisedKey(HexFormat.of().formatHex(tag.privateKey())));
            world.addTag(tag.spec());
            Instant at = Instant.parse("2026-05-01T00:00:00Z");
            assertThat(world.newestVisible(tag.spec().name(), at))
                    .hasValueSatisfying(
                            sighting -> assertThat(sighting.hashedKey()).isEqualTo(tag.hashedKey()));
        }
        assertThat(tags).extracting(GeneratedTag::hashedKey).doesNotHaveDuplicates();
        assertThat(GeneratedTag.make(5, 2).get(1).privateKey())
                .isEqualTo(tags.get(1).privateKey());
        assertThat(GeneratedTag.make(6, 2).get(1).privateKey())
                .isNotEqualTo(tags.get(1).privateKey());
        assertThat(tags.get(0).toString()).isEqualTo("GeneratedTag[tag-000001]");
    }
}
