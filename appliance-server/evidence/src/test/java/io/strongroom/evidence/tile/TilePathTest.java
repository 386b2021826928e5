package io.strongroom.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 1, 256, tile/0/001",
        "0, 999, 256, tile/0/999",
        "0, 1000, 256, tile/0/x001/000",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "0, 1234067, 8, tile/0/x001/x234/067.p/8",
        "1, 0, 1, tile/1/000.p/1",
        "63, 0, 255, tile/63/000.p/255",
        "-1, 0, 256, tile/entries/000",
        "-1, 273, 112, tile/entries/273.p/112",
        "0, 9223372036854775807, 256, tile/0/x009/x223/x372/x036/x854/x775/807",
    })
    void aTileHasOnePath(int level, long index, int width, String path) {
        TilePath tile = new TilePath(level, index, width);

        assertThat(tile).hasToString(path);
        assertThat(TilePath.parse(path)).isEqualTo(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/00/000",
                "tile/01/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/+1/000",
                "tile/0/x000/001",
                "tile/0/001/002",
                "tile/0/x001",
                "tile/0/x001/x002",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/0/000.p/1/",
                "tile/0/000.p/1.p/1",
                "tile/0/000/",
                "/tile/0/000",
                "tile/0/../000",
                "tile/entries",
                "tile/entries/0",
                "tile/Entries/000",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/\u0660\u0660\u0660"
            })
    void anyOtherPathIsRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> TilePath.parse(path));
    }

    @Test
    void aTreeOf70000HasTheTilesThatTheSpecificationCounts() {
        long size = 70_000;
        assertThat(TilePath.widthAt(0, 272, size)).isEqualTo(256);
        assertThat(TilePath.widthAt(0, 273, size)).isEqualTo(112);
        assertThat(TilePath.widthAt(0, 274, size)).isZero();
        assertThat(TilePath.widthAt(1, 0, size)).isEqualTo(256);
        assertThat(TilePath.widthAt(1, 1, size)).isEqualTo(17);
        assertThat(TilePath.widthAt(2, 0, size)).isEqualTo(1);
        assertThat(TilePath.widthAt(3, 0, size)).isZero();
        assertThat(TilePath.widthAt(63, 0, size)).isZero();
        assertThat(TilePath.widthAt(TilePath.ENTRIES, 273, size)).isEqualTo(112);
        assertThat(TilePath.widthAt(1, 0, 256)).isEqualTo(1);
        assertThat(TilePath.widthAt(0, 1, 256)).isZero();
    }
}
