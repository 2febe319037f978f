package org.trackerreports.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProjectVersionTest {

    @Test
    void theBuildWritesTheVersionIntoTheProgram() {
        assertThat(ProjectVersion.current()).matches("\\d+\\.\\d+\\.\\d+(-[A-Za-z0-9.]+)?");
    }
}
