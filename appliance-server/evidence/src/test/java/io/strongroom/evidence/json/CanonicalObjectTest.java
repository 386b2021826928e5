package io.strongroom.evidence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalObjectTest {
    private static CanonicalObject object(String json) {
        return CanonicalObject.of(json.getBytes(UTF_8));
    }

    private static JsonSlice get(CanonicalObject object, String name) {
        return Objects.requireNonNull(object.get(name));
    }

    @Test
    void membersAreFoundByNameAndInOrder() {
        CanonicalObject object = object(
                "{\"b\":\"x\\ny\",\"a\":7,\"\\u00e9\":[1,{\"c\":2}],\"q\\\"\":null,\"o\":{\"p\":true},\"\":-1.5}");

        assertThat(object.names()).containsExactly("", "a", "b", "o", "q\"", "é");
        assertThat(get(object, "b").string()).isEqualTo("x\ny");
        assertThat(get(object, "a").integer()).isEqualTo(7);
        assertThat(new String(get(object, "é").toBytes(), UTF_8)).isEqualTo("[1,{\"c\":2}]");
        assertThat(get(object, "q\"").kind()).isEqualTo(JsonToken.NULL);
        assertThat(get(object, "").reader().number()).isEqualTo(-1.5);
        assertThat(get(object, "o").object().require("p").reader().bool()).isTrue();
        assertThat(object.get("aa")).isNull();
        assertThat(object.get("B")).isNull();
        assertThat(object.get("q")).isNull();
        assertThat(object).hasSize(6);
        assertThatThrownBy(() -> object.require("zz")).isInstanceOf(JsonException.class);
    }

    @Test
    void aTextIsTheSameOnlyAsAWhole() {
        CanonicalObject object = object("{\"plain\":\"policy.activated\",\"escaped\":\"x\\ny\"}");
        assertThat(get(object, "plain").isString("policy.activated")).isTrue();
        assertThat(get(object, "escaped").isString("x\ny")).isTrue();
        for (String other : List.of("", "policy", "policy.activatex", "policy.activated2", "Policy.activated")) {
            assertThat(get(object, "plain").isString(other)).as(other).isFalse();
        }
        for (String other : List.of("", "x", "x\n", "x\nyz", "xny", "x\\ny")) {
            assertThat(get(object, "escaped").isString(other)).as(other).isFalse();
        }
    }

    @Test
    void mergingGivesTheCanonicalFormOfAllMembers() {
        CanonicalObject sent =
                object("{\"action\":\"A\",\"idempotencyKey\":\"k\",\"tenantId\":\"t\",\"source\":{\"id\":\"s\"}}");
        CanonicalObject stamps = object("{\"v\":1,\"_sd\":[],\"receivedAt\":\"now\",\"salt\":\"x\"}");
        CanonicalWriter out = new CanonicalWriter();
        sent.merge(stamps, Set.of("idempotencyKey"), out);

        assertThat(new String(out.toBytes(), UTF_8))
                .isEqualTo(
                        "{\"_sd\":[],\"action\":\"A\",\"receivedAt\":\"now\",\"salt\":\"x\",\"source\":{\"id\":\"s\"},"
                                + "\"tenantId\":\"t\",\"v\":1}");
        assertThat(CanonicalJson.isCanonical(out.toBytes())).isTrue();
        assertThat(object("{}").merge(object("{}"))).isEqualTo("{}".getBytes(UTF_8));
        assertThatIllegalStateException().isThrownBy(() -> sent.merge(object("{\"action\":1}")));
    }

    @Test
    void exactBytesAreAskedForWhereADigestDependsOnThem() {
        byte[] loose = "{\"a\":1.0}".getBytes(UTF_8);
        assertThatThrownBy(() -> CanonicalObject.ofExact(loose)).isInstanceOf(JsonException.class);
        assertThat(CanonicalObject.ofExact("{\"a\":1}".getBytes(UTF_8)).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "{ }",
                "{\"a\": 1}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1}}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":1e5}",
                "{\"a\":1000000000000000000}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\/\"}",
                "{\"a\":\"\\u000A\"}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":{\"b\":1]}",
                "{\"a\":tru}",
                "{\"a\"}",
                "{,\"a\":1}",
                "{\"a\":1,}",
                "{\"a\":1\"b\":2}"
            })
    void bytesThatAreNotCanonicalAreRefused(String json) {
        assertThatThrownBy(() -> CanonicalObject.ofExact(json.getBytes(UTF_8))).isInstanceOf(JsonException.class);
    }

    /** Nothing of it is canonical. The reader is the first to see what others wrote, and the last to see what it leaves out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"b\":1,\"a\":2}",
                "{\"a\":{\"c\":1,\"c\":1}}",
                "[{\"a\":1,\"b\":2,\"b\":3}]",
                "{\"a\";1}",
                "{\"a\" 1}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":1}}",
                "{\"a\":1]",
                "{\"a\":}",
                "[1;2]",
                "[1 2]",
                "[1,]",
                "[,1]",
                "[1}",
                "[1]]",
                "[1",
                " 1",
                "1 ",
                "trux",
                "nul",
                "falsE",
                "'a'",
                "\"a",
                "\"\t\"",
                "\"\u001f and eight characters more\""
            })
    void theReaderRefusesWhatIsNotCanonical(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(CanonicalJson.isCanonical(bytes)).isFalse();
        assertThatThrownBy(() -> stepOver(bytes)).isInstanceOf(JsonException.class);
    }

    private static void stepOver(byte[] bytes) {
        JsonReader reader = JsonReader.ofCanonical(bytes);
        reader.skip();
        reader.end();
    }

    @Test
    void aCharacterHasOneFormAndIsReadBackFromIt() {
        for (char c = 0; c < 0x80; c++) {
            byte[] canonical = new CanonicalWriter().string("a" + c + "b").toBytes();
            assertThat(JsonReader.ofCanonical(canonical).string()).isEqualTo("a" + c + "b");
            assertThat(CanonicalJson.isCanonical(canonical)).isTrue();
            for (String hex : new String[] {"\\u%04x", "\\u%04X"}) {
                byte[] escaped = ("\"a" + hex.formatted((int) c) + "b\"").getBytes(UTF_8);
                assertThat(CanonicalJson.isCanonical(escaped)).isEqualTo(Arrays.equals(escaped, canonical));
            }
            byte[] escaped = ("\"a\\" + c + "b\"").getBytes(UTF_8);
            assertThat(CanonicalJson.isCanonical(escaped)).isEqualTo("\"\\bfnrt".indexOf(c) >= 0);
        }
    }

    @Test
    void depth64IsReadAndDepth65IsNot() {
        for (String pair : List.of("[]", "{}")) {
            String open = pair.equals("[]") ? "[" : "{\"a\":";
            String close = pair.substring(1);
            byte[] deepest = (open.repeat(63) + pair + close.repeat(63)).getBytes(UTF_8);
            byte[] deeper = (open.repeat(64) + pair + close.repeat(64)).getBytes(UTF_8);
            stepOver(deepest);
            assertThat(CanonicalJson.isCanonical(deepest)).isTrue();
            assertThatThrownBy(() -> stepOver(deeper)).isInstanceOf(JsonException.class);
            assertThat(CanonicalJson.isCanonical(deeper)).isFalse();
        }
        CanonicalWriter writer = new CanonicalWriter();
        for (int i = 0; i < 64; i++) {
            writer.beginArray();
        }
        assertThatIllegalStateException().isThrownBy(writer::beginArray);
        assertThatIllegalStateException().isThrownBy(writer::beginObject);
    }

    @Test
    void aReaderPullsValuesInOrderAndSaysWhereItStands() {
        JsonReader reader = JsonReader.of(" {\"list\":[1,\"two\",null,{\"k\":2.5}],\"n\":-3} ".getBytes(UTF_8));
        assertThat(reader.peek()).isEqualTo(JsonToken.BEGIN_OBJECT);
        reader.beginObject();
        assertThat(reader.peek()).isEqualTo(JsonToken.NAME);
        assertThat(reader.name()).isEqualTo("list");
        reader.beginArray();
        assertThat(reader.integer()).isEqualTo(1);
        assertThat(reader.peek()).isEqualTo(JsonToken.STRING);
        assertThat(reader.string()).isEqualTo("two");
        reader.nul();
        reader.beginObject();
        assertThat(reader.name()).isEqualTo("k");
        assertThat(reader.pointer()).isEqualTo("/list/3/k");
        assertThatThrownBy(reader::integer).isInstanceOf(JsonException.class).hasMessageContaining("/list/3/k");
    }

    @Test
    void namesThatAreExpectedAreFoundAndOthersRead() {
        JsonNames expected = JsonNames.of("a", "action", "actor", "v");
        JsonReader reader = JsonReader.of(
                "{\"\":0,\"a\":1,\"acti\\u00f6n\":2,\"action\":3,\"actoR\":4,\"v\":5,\"\\n\":6}".getBytes(UTF_8));
        reader.beginObject();
        for (String name : new String[] {"", "\n", "a", "action", "acti\u00f6n", "actoR", "v"}) {
            assertThat(reader.name(expected)).isEqualTo(name);
            reader.skip();
        }
        reader.endObject();
    }

    @Test
    void wholeNumbersAreExactOrRefused() {
        for (long value : new long[] {0, 1, -1, CanonicalJson.MAX_INTEGER, -CanonicalJson.MAX_INTEGER}) {
            assertThat(JsonReader.ofCanonical(Long.toString(value).getBytes(UTF_8))
                            .integer())
                    .isEqualTo(value);
        }
        for (String bad : new String[] {
            "-0", "00", "1.5", "1e+21", "9007199254740992", "99999999999999999999", "18446744073709551617", "-", "\"1\""
        }) {
            assertThatThrownBy(() -> JsonReader.ofCanonical(bad.getBytes(UTF_8)).integer())
                    .as(bad)
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void aWriterRefusesWhatWouldNotBeCanonical() {
        CanonicalWriter writer = new CanonicalWriter().beginObject().name("b").integer(1);
        assertThatIllegalStateException().isThrownBy(() -> writer.name("a"));
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        new CanonicalWriter().beginObject().name("a").nul().name("a"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().nul());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().nul().nul());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().toBytes());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().endArray());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().name("a").endObject());
        assertThatIllegalStateException()
                .isThrownBy(() -> new CanonicalWriter().beginObject().name("a").name("b"));
        for (String lone : List.of("\ud83d", "\ud83dx", "\ude00", "\ude00\ud83d")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new CanonicalWriter().string(lone));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new CanonicalWriter().integer(1L << 53));
        assertThatIllegalArgumentException().isThrownBy(() -> new CanonicalWriter().number(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new CanonicalWriter().number(1e18));
    }

    @Test
    void aNameIsReadWhereItStandsWithItsQuotes() {
        JsonReader reader = JsonReader.of("{\"b\":1,\"a\\nb\":{\"\u00e9\":2}}".getBytes(UTF_8));
        reader.beginObject();

        JsonSlice name = reader.nameSlice();

        assertThat(new String(name.toBytes(), UTF_8)).isEqualTo("\"a\\nb\"");
        assertThat(name.string()).isEqualTo("a\nb");
        reader.beginObject();
        assertThat(reader.nameSlice().string()).isEqualTo("\u00e9");
        assertThat(reader.pointer()).isEqualTo("/a\nb/\u00e9");
        assertThat(reader.integer()).isEqualTo(2);
    }
}
