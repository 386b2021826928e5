package io.strongroom.evidence.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerReaderTest {
    private static DerReader of(String hex) {
        return DerReader.of(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "0603550403, 2.5.4.3",
        "06092a864886f70d010702, 1.2.840.113549.1.7.2",
        "0600, ''",
        "0603883703, 2.999.3",
        "060100, 0.0",
        "0601 27, 0.39",
        "060128, 1.0"
    })
    void anObjectIdentifierComesInDots(String hex, String dotted) {
        DerReader reader = of(hex.replace(" ", ""));
        if (dotted.isEmpty()) {
            assertThatExceptionOfType(TimeStampException.class).isThrownBy(reader::oid);
        } else {
            assertThat(reader.oid()).isEqualTo(dotted);
            assertThat(DerWriter.oid(dotted)).isEqualTo(HexFormat.of().parseHex(hex.replace(" ", "")));
        }
    }

    @Test
    void integersAreOfAnySign() {
        assertThat(of("020100").integer(8)).isZero();
        assertThat(of("0201ff").integer(8)).isEqualTo(BigInteger.valueOf(-1));
        assertThat(of("02020080").integer(8)).isEqualTo(BigInteger.valueOf(128));
        assertThat(of("02020080").small()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "02", // no length
                "0200", // an integer of no bytes
                "020200ff80", // reaches less far than its bytes, a rest follows
                "02020001", // padded
                "0202ffff", // padded
                "020401", // reaches too far
                "028001ff0000", // indefinite
                "02810101", // a length longer than it must be
                "0282000101", // a length longer than it must be
                "0284000000010100", // a length of four bytes
                "0205ffffffffff", // more than four bytes
                "0201ff", // negative
                "0301ff" // another tag
            })
    void aSmallNumberHasOneForm(String hex) {
        assertThatExceptionOfType(TimeStampException.class).isThrownBy(() -> {
            DerReader reader = of(hex);
            int unused = reader.small();
            reader.end();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"010101", "01020000", "0100"})
    void aTruthIsAllOnesOrZero(String hex) {
        assertThatExceptionOfType(TimeStampException.class).isThrownBy(() -> of(hex).bool());
        assertThat(of("0101ff").bool()).isTrue();
        assertThat(of("010100").bool()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"06022a80", "0603808001", "0602800128", "0681", "1f8101"})
    void whatIsNotWholeIsRefused(String hex) {
        assertThatExceptionOfType(TimeStampException.class).isThrownBy(() -> of(hex).oid());
    }

    @Test
    void noElementReachesOutOfTheOneAroundIt() {
        assertThatExceptionOfType(TimeStampException.class)
                .isThrownBy(() -> of("3003020200").enter(DerReader.SEQUENCE).small());
        assertThatExceptionOfType(TimeStampException.class)
                .isThrownBy(() -> of("30030202000100").element());
        assertThat(of("300302010105").element()).isEqualTo(HexFormat.of().parseHex("3003020101"));
    }
}
