package org.trackerreports.systemtests.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The street map of the page's tests is a PMTiles file as others write them. */
class StreetMapFileTest {

    /** The examples of the specification. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1, 0, 0, 1",
        "1, 0, 1, 2",
        "1, 1, 1, 3",
        "1, 1, 0, 4",
        "2, 0, 0, 5",
        "12, 3423, 1763, 19078479"
    })
    void numbersTilesAlongTheCurve(int zoom, int column, int row, long id) {
        assertThat(StreetMapFile.tileId(zoom, column, row)).isEqualTo(id);
    }
}
