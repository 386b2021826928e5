package io.strongroom.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ProblemType;
import io.strongroom.server.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    private static final String TAG = "\"abc\"";

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 100",
        "bytes=99-, 99, 100",
        "bytes=10-19, 10, 20",
        "bytes=90-500, 90, 100",
        "bytes=-1, 99, 100",
        "bytes=-500, 0, 100"
    })
    void onePieceIsGiven(String header, long from, long to) {
        assertThat(ByteRange.of(header, null, TAG, 100)).contains(new ByteRange(from, to));
        assertThat(new ByteRange(10, 20).header(100)).isEqualTo("bytes 10-19/100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=0-1,3-4",
                "items=0-1",
                "bytes=5-4",
                "bytes=0-9999999999999999999999",
                "bytes 0-1"
            })
    void whatIsNoSinglePieceIsAnsweredWithTheWhole(String header) {
        assertThat(ByteRange.of(header, null, TAG, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void aPieceOutsideIsRefusedWithTheLength(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, null, TAG, 100))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.type()).isEqualTo(ProblemType.RANGE_NOT_SATISFIABLE);
                    assertThat(e.headers()).containsEntry("Content-Range", "bytes */100");
                });
    }

    @Test
    void aPieceOfAnotherMakeOfThePackIsNeverGiven() {
        assertThat(ByteRange.of("bytes=5-", TAG, TAG, 100)).isPresent();
        assertThat(ByteRange.of("bytes=5-", "\"other\"", TAG, 100)).isEmpty();
        assertThat(ByteRange.of("bytes=5-", "W/" + TAG, TAG, 100)).isEmpty();
    }
}
