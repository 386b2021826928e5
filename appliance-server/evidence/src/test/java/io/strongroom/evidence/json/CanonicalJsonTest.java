package io.strongroom.evidence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.strongroom.evidence.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static String canonical(String document) {
        return new String(CanonicalJson.of(document.getBytes(UTF_8)), UTF_8);
    }

    private static JsonException refusal(byte[] document) {
        JsonException refused = catchThrowableOfType(JsonException.class, () -> CanonicalJson.of(document));
        assertThat(refused).as("refused: %s", new String(document, UTF_8)).isNotNull();
        return refused;
    }

    private static JsonException refusal(String document) {
        return refusal(document.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void makesTheRfc8785VectorsCanonical(String name) {
        byte[] canonical = CanonicalJson.of(Vectors.bytes("jcs/input/" + name + ".json"));

        assertThat(canonical).isEqualTo(Vectors.bytes("jcs/output/" + name + ".json"));
        String hex = Vectors.text("jcs/outhex/" + name + ".txt").replaceAll("\\s", "");
        assertThat(HexFormat.of().formatHex(canonical)).isEqualTo(hex);
        assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
        assertThat(CanonicalJson.isCanonical(canonical)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 10000})
    void writesNumbersAsTheEs6VectorsDo(int count) {
        int seen = 0;
        for (String line :
                Vectors.text("jcs/es6numbers/es6-" + count + ".txt").lines().toList()) {
            String[] parts = line.split(",");
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
            assertThat(EcmaNumber.format(value)).as(parts[0]).isEqualTo(parts[1]);
            seen++;
        }
        assertThat(seen).isEqualTo(count);
    }

    @Test
    void refusesWhatTheNegativeVectorsSayMustBeRefused() {
        Matcher cases = Pattern.compile("\"name\":\"([^\"]*)\",\"input_hex\":\"([0-9a-f]*)\".*\"expect\":\"([^\"]*)\"")
                .matcher(Vectors.text("jcs/negative/must-reject.json"));
        int seen = 0;
        while (cases.find()) {
            byte[] input = HexFormat.of().parseHex(cases.group(2));
            if (cases.group(3).equals("accept")) {
                assertThat(CanonicalJson.of(input)).isNotEmpty();
            } else {
                refusal(input);
            }
            seen++;
        }
        assertThat(seen).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "-0|0",
                "-0.0|0",
                "0.000|0",
                "0e5|0",
                "1e-400|0",
                "1.0|1",
                "1.50|1.5",
                "10.10|10.1",
                "-1.25|-1.25",
                "0.000001|0.000001",
                "0.0000001|1e-7",
                "0.00000123|0.00000123",
                "1E21|1e+21",
                "1e15|1000000000000000",
                "9007199254740991.2|9007199254740991",
                "333333333.33333329|333333333.3333333",
                "4.9e-324|5e-324",
                "9.9e-324|1e-323",
                "2e-324|0",
                "1.7976931348623157e308|1.7976931348623157e+308",
                "9007199254740991|9007199254740991",
                "-9007199254740991|-9007199254740991",
                "123456789012345.6|123456789012345.6",
                "1234567890123.450|1234567890123.45",
                "2e23|2e+23",
                "0.1e1|1",
                "100000000000000|100000000000000",
            })
    void writesNumbersInTheirShortestForm(String literal, String form) {
        assertThat(canonical(literal)).isEqualTo(form);
        assertThat(CanonicalJson.isCanonical(literal.getBytes(UTF_8))).isEqualTo(literal.equals(form));
        assertThat(NaiveJson.number(Double.parseDouble(literal))).isEqualTo(form);
    }

    @Test
    void ordersMembersByUtf16CodeUnitsNotByBytes() {
        // U+FB33 sorts behind U+1F600, whose first code unit is D83D; in UTF-8 it is the other way round.
        assertThat(canonical("{\"\uFB33\":1,\"\uD83D\uDE00\":2,\"\uE000\":3,\"\uD7FF\":4}"))
                .isEqualTo("{\"\uD7FF\":4,\"\uD83D\uDE00\":2,\"\uE000\":3,\"\uFB33\":1}");
        // Escapes sort as what they stand for: newline before quote before 'a' before backslash... by code unit.
        assertThat(canonical("{\"a\":1,\"\\\\\":2,\"\\u0022\":3,\"\\n\":4,\"\":5,\"!\":6,\"a!\":7}"))
                .isEqualTo("{\"\":5,\"\\n\":4,\"!\":6,\"\\\"\":3,\"\\\\\":2,\"a\":1,\"a!\":7}");
    }

    @Test
    void sortsInnerObjectsInsideOuterOnes() {
        assertThat(canonical(" { \"b\" : [ {\"z\":1 , \"y\":{\"q\":[],\"p\":{}}} ] , \"a\" : null }\n"))
                .isEqualTo("{\"a\":null,\"b\":[{\"y\":{\"p\":{},\"q\":[]},\"z\":1}]}");
    }

    @Test
    void aLongerPrefixIsAnotherName() {
        assertThat(canonical("{\"ab\":1,\"a\":2,\"a \":3}")).isEqualTo("{\"a\":2,\"a \":3,\"ab\":1}");
    }

    @Test
    void namesTheSecondOfTwoEqualMembers() {
        JsonException ordered = refusal("{\"a\":1,\"b\":{\"c\":1,\"c\":2}}");
        assertThat(ordered.position()).isEqualTo(18);
        assertThat(ordered.pointer()).isEqualTo("/b/c");

        JsonException unordered = refusal("{\"x\":1,\"b\":2,\"\\u0078\":3}");
        assertThat(unordered.position()).isEqualTo(13);
        assertThat(unordered.pointer()).isEqualTo("/x");
    }

    @Test
    void saysWhereItStopped() {
        JsonException refused = refusal("{\"a/b\":[1,{\"~\":[true,nul]}]}");
        assertThat(refused.position()).isEqualTo(21);
        assertThat(refused.pointer()).isEqualTo("/a~1b/1/~0/1");
        assertThat(refused.reason()).contains("value");
        assertThat(refused.getMessage()).contains("at byte 21").contains("/a~1b/1/~0/1");
    }

    @Test
    void countsPositionsFromTheStartOfTheSlice() {
        byte[] padded = "xxxx[1,]yyyy".getBytes(UTF_8);
        JsonException refused = catchThrowableOfType(JsonException.class, () -> CanonicalJson.of(padded, 4, 4));
        assertThat(refused.position()).isEqualTo(3);
        assertThat(CanonicalJson.of("xx[ 1 ]yy".getBytes(UTF_8), 2, 5)).isEqualTo("[1]".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{,}",
                "{\"a\";1}",
                "{\"a\":1;\"b\":2}",
                "[1;2]",
                "[1:2]",
                "{\"a\":1]",
                "[1}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "{\"a\" 1}",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\ud800\\u\"",
                "\"\\ud800\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\t\"",
                "\"\n\"",
                "01",
                "-01",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "0x10",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e309",
                "-1e309",
                "9007199254740992",
                "-9007199254740992",
                "9007199254740993",
                "9007199254740992.0",
                "9007199254740991.6",
                "1e20",
                "-1e18",
                "99999999999999999999.5",
                "99999999999999999999",
                "tru",
                "True",
                "nulll",
                "1 1",
                "{} {}",
                "[1]//",
                "/**/1",
                "\uFEFF{}",
                "{\"a\":1,\"a\":1}",
                "{\"\":1,\"\":1}",
                "{\"b\":1,\"a\":2,\"a\":3}",
                "{\"b\":1,\"a\":2,\"\\u0061\":3}",
                "{\"c\":1,\"b\":2,\"a\":3,\"b\":4}",
                "]",
                "}",
                "[}",
                "{]",
                "[\u00a01]",
                "\u000b1"
            })
    void refusesWhatIsNotStrictJson(String document) {
        refusal(document);
    }

    /** However near the end of its string it stands: what is far from it is looked through eight bytes at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "eight and some more characters"})
    void takesNoControlCharacterAndNoEscapeButThoseOfTheStandard(String behind) {
        for (char c = 0; c < 0x80; c++) {
            String raw = "\"" + c + behind + "\"";
            if (c < 0x20 || c == '\\') {
                refusal(raw);
            } else if (c != '"') {
                assertThat(canonical(raw)).isEqualTo(raw);
            }
            String escaped = "\"\\" + c + behind + "\"";
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                refusal(escaped);
            } else {
                String form = c == '/' ? "/" : "\\" + c;
                assertThat(canonical(escaped)).isEqualTo("\"" + form + behind + "\"");
            }
        }
    }

    @Test
    void takesASurrogateOnlyInAPair() {
        for (int unit = 0xd700; unit < 0xe100; unit++) {
            String escape = "\\u%04x".formatted(unit);
            boolean high = unit >= 0xd800 && unit <= 0xdbff;
            boolean low = unit >= 0xdc00 && unit <= 0xdfff;
            if (high || low) {
                refusal("\"" + escape + "\"");
            }
            if (high) {
                assertThat(canonical("\"" + escape + "\\udead\"")).isEqualTo("\"" + (char) unit + "\udead\"");
            } else {
                refusal("\"" + escape + "\\udead\"");
            }
            if (low) {
                assertThat(canonical("\"\\ud83d" + escape + "\"")).isEqualTo("\"\ud83d" + (char) unit + "\"");
            } else {
                refusal("\"\\ud83d" + escape + "\"");
            }
        }
    }

    @Test
    void refusesInvalidUtf8() {
        for (String hex : new String[] {
            "ff",
            "80",
            "bf",
            "c0af",
            "c1bf",
            "c2",
            "e08080",
            "e0a0",
            "eda080",
            "edbfbf",
            "f0808080",
            "f08fbfbf",
            "f4908080",
            "f5808080",
            "f09f98",
            "e28228",
            "c328"
        }) {
            ByteArrayOutputStream document = new ByteArrayOutputStream();
            document.writeBytes("[\"abcdefgh".getBytes(StandardCharsets.US_ASCII));
            document.writeBytes(HexFormat.of().parseHex(hex));
            document.writeBytes("\"]".getBytes(StandardCharsets.US_ASCII));
            JsonException refused = refusal(document.toByteArray());
            assertThat(refused.position()).as(hex).isEqualTo(10);
            assertThat(refused.pointer()).isEqualTo("/0");
        }
    }

    @Test
    void acceptsDepth64AndRefusesDepth65() {
        assertThat(canonical("[".repeat(64) + "]".repeat(64))).hasSize(128);
        assertThat(refusal("[".repeat(65) + "]".repeat(65)).position()).isEqualTo(64);
        assertThat(refusal("{\"a\":".repeat(1_000_000)).position()).isEqualTo(64 * 5);
    }

    @Test
    void sortsManyMembersInReverseOrder() {
        int count = 200_000;
        StringBuilder document = new StringBuilder("{");
        StringBuilder expected = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            document.append(i > 0 ? "," : "").append("\"%08d\":0".formatted(count - i));
            expected.append(i > 0 ? "," : "").append("\"%08d\":0".formatted(i + 1));
        }
        assertThat(canonical(document.append("}").toString()))
                .isEqualTo(expected.append("}").toString());
    }

    @Test
    void growsItsBufferWhenNumbersGrow() {
        String document = "[" + "1e15,".repeat(10_000) + "1e15]";
        assertThat(canonical(document)).hasSize(1 + 10_001 * 17);
    }

    @Test
    void anInstanceIsUsableAgainAfterARefusal() {
        CanonicalJson json = new CanonicalJson();
        byte[] bad = "{\"b\":{\"c\":[".getBytes(UTF_8);
        byte[] good = "{\"b\":1,\"a\":2}".getBytes(UTF_8);
        assertThatThrownBy(() -> json.canonicalise(bad, 0, bad.length)).isInstanceOf(JsonException.class);
        assertThat(json.canonicalise(good, 0, good.length)).isEqualTo("{\"a\":2,\"b\":1}".getBytes(UTF_8));
        int length = json.run(good, 0, good.length);
        assertThat(new String(json.buffer(), 0, length, UTF_8)).isEqualTo("{\"a\":2,\"b\":1}");
    }
}
