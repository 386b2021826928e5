package io.strongroom.policies.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorsTest {
    private static boolean finds(Detector detector, String text) {
        byte[] json = new CanonicalWriter().string(text).toBytes();
        Text value = new Text().set(new JsonSlice(json, 0, json.length));
        return detector.mayBeIn(value) && detector.isIn(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "john@example.com",
                "mail to <j.o-hn+x@mail.example.co.uk>, please",
                "line\njohn@example.com\tend",
                "arn:aws:sts::1:assumed-role/admin/john@example.com",
                "\"quoted\" jürgen@bücher.example",
                "a@b.c@example.org"
            })
    void e_mail_addresses(String text) {
        assertThat(finds(Detectors.email(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "john@",
                "@example.com",
                "john@localhost",
                "node@18.2.0",
                "a @ b.com",
                "x@.com",
                "@timestamp"
            })
    void what_is_no_e_mail_address(String text) {
        assertThat(finds(Detectors.email(), text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "card 4111-1111-1111-1111 exp 12/26",
                "5555555555554444",
                "paid with 378282246310005.",
                "\r\n\t6011111111111117",
                "2223003122003222"
            })
    void card_numbers(String text) {
        assertThat(finds(Detectors.cardNumber(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "1111111111111117",
                "x4111111111111111",
                "41111111111111110000000",
                "0x4111111111111111ff",
                "1732155723004",
                "i-044b1baf4c96e1b62",
                "S-1-5-21-3940915590-64593676-1414006259-500"
            })
    void what_is_no_card_number(String text) {
        assertThat(finds(Detectors.cardNumber(), text)).isFalse();
    }

    @Test
    void a_card_number_that_was_sent_as_a_number_is_found() {
        byte[] json = "4111111111111111".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

        assertThat(Detectors.cardNumber().isIn(new Text().set(new JsonSlice(json, 0, json.length))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+49 30 901820",
                "call +1 (212) 555-0187 now",
                "+442079460958",
                "(212) 555-0187",
                "212-555-0187",
                "030 901820",
                "tel: 0171/1234567",
                "+41 44 668 18 00"
            })
    void phone_numbers(String text) {
        assertThat(finds(Detectors.phone(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-10-21T11:28:08.823+02:00",
                "2026-11-21T01:02:03.004Z",
                "10.20.30.40",
                "09/11/2026",
                "01-02-2026 03:04",
                "123456789012",
                "S-1-5-21-3940915590-64593676-1414006259-500",
                "2db6a7b5-876c-4995-8258-e6f09d9ef934",
                "v1.2.3+20261121",
                "0x8020000000000000",
                "1+2+3",
                "-0700 (PDT) 12345"
            })
    void what_is_no_phone_number(String text) {
        assertThat(finds(Detectors.phone(), text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE89370400440532013000",
                "DE89 3704 0044 0532 0130 00 (main)",
                "to gb29nwbk60161331926819",
                "NO9386011117947",
                "FR14 2004 1010 0505 0001 3M02 606"
            })
    void ibans(String text) {
        assertThat(finds(Detectors.iban(), text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DE88370400440532013000",
                "DE8937040044053201300",
                "XX89370400440532013000",
                "xDE89370400440532013000"
            })
    void what_is_no_iban(String text) {
        assertThat(finds(Detectors.iban(), text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "US, my ssn is 219-09-9999.",
        "GB, AB 12 34 56 C",
        "GB, AB123456C",
        "FR, 2 55 08 14 168 025 38",
        "FR, 255081416802538",
        "DE, 86095742719",
        "DE, 86 095 742 719",
        "ES, 12345678Z",
        "ES, X1234567L",
        "IT, RSSMRA85T10A562S",
        "NL, 111222333",
        "BE, 85.07.30-033.28",
        "PL, 44051401359",
        "SE, 811218-9876",
        "SE, 19811218-9876",
        "FI, 131052-308T",
        "CH, 756.9217.0769.85"
    })
    void national_ids(String country, String text) {
        assertThat(finds(Detectors.nationalId(List.of(country)), text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "US, 219-09-0000",
        "US, 666-09-9999",
        "US, 219099999",
        "GB, DA123456C",
        "FR, 255081416802539",
        "DE, 86095742718",
        "ES, 12345678A",
        "IT, RSSMRA85T10A562T",
        "BE, 85.07.30-033.29",
        "PL, 44051401358",
        "SE, 811218-9875",
        "FI, 131052-308U",
        "CH, 756.9217.0769.84",
        "DE, x86095742719"
    })
    void what_is_no_national_id(String country, String text) {
        assertThat(finds(Detectors.nationalId(List.of(country)), text)).isFalse();
    }

    @Test
    void every_country_has_its_tests() {
        assertThat(Detectors.countries())
                .containsExactly("BE", "CH", "DE", "ES", "FI", "FR", "GB", "IT", "NL", "PL", "SE", "US");
    }
}
