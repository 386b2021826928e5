package io.strongroom.evidence.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

class CanonicalJsonProperties {
    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheNaiveReferenceHoweverTheDocumentIsWritten(
            @ForAll("documents") Object document, @ForAll long seed) {
        String expected = NaiveJson.canonical(document);
        StringBuilder messy = new StringBuilder();
        write(document, messy, new Random(seed));

        byte[] canonical = CanonicalJson.of(messy.toString().getBytes(UTF_8));

        assertThat(new String(canonical, UTF_8)).isEqualTo(expected);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isIdempotent(@ForAll("documents") Object document) {
        byte[] canonical = NaiveJson.canonical(document).getBytes(UTF_8);

        assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
        assertThat(CanonicalJson.isCanonical(canonical)).isTrue();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theReaderStepsOverEveryCanonicalDocument(@ForAll("documents") Object document) {
        byte[] canonical = NaiveJson.canonical(document).getBytes(UTF_8);
        JsonReader reader = JsonReader.ofCanonical(canonical);

        assertThat(reader.slice().toBytes()).isEqualTo(canonical);
        reader.end();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void theWriterWritesWhatTheReferenceDoes(@ForAll("documents") Object document) {
        CanonicalWriter writer = new CanonicalWriter();
        write(document, writer);

        assertThat(new String(writer.toBytes(), UTF_8)).isEqualTo(NaiveJson.canonical(document));
    }

    @Property(tries = 3000)
    void anyBytesAreMadeCanonicalOrRefusedWithAPosition(@ForAll("hostile") byte[] bytes) {
        try {
            byte[] canonical = CanonicalJson.of(bytes);
            assertThat(CanonicalJson.of(canonical)).isEqualTo(canonical);
        } catch (JsonException refused) {
            assertThat(refused.position()).isBetween(0, bytes.length);
        }
    }

    @Property(tries = 3000)
    void theReaderReadsAnyBytesOrRefusesThem(@ForAll("hostile") byte[] bytes) {
        try {
            JsonReader reader = JsonReader.ofCanonical(bytes);
            reader.skip();
            reader.end();
        } catch (JsonException refused) {
            assertThat(refused.position()).isBetween(0, bytes.length);
        }
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void isCanonicalOnlyAsItIsMade(@ForAll("documents") Object document, @ForAll long seed) {
        byte[] canonical = NaiveJson.canonical(document).getBytes(UTF_8);
        assertThat(CanonicalJson.isCanonical(canonical)).isTrue();

        Random random = new Random(seed);
        StringBuilder messy = new StringBuilder();
        write(document, messy, random);
        assertIsCanonicalIfUnchanged(messy.toString().getBytes(UTF_8));
        for (int i = 0; i < 20; i++) {
            byte[] changed = canonical.clone();
            changed[random.nextInt(changed.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : '0');
            assertIsCanonicalIfUnchanged(changed);
            assertIsCanonicalIfUnchanged(Arrays.copyOf(canonical, random.nextInt(canonical.length)));
        }
    }

    @Property(tries = 3000)
    void anyBytesAreCanonicalIfTheyAreTheirOwnForm(@ForAll("hostile") byte[] bytes) {
        assertIsCanonicalIfUnchanged(bytes);
    }

    @Property(tries = 3000)
    void anyNumberIsCanonicalIfItIsItsOwnForm(@ForAll("decimals") String literal, @ForAll long bits) {
        assertIsCanonicalIfUnchanged(literal.getBytes(UTF_8));
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertIsCanonicalIfUnchanged(Double.toString(value).getBytes(UTF_8));
            assertIsCanonicalIfUnchanged(EcmaNumber.format(value).getBytes(UTF_8));
        }
        assertIsCanonicalIfUnchanged(Long.toString(bits).getBytes(UTF_8));
        assertIsCanonicalIfUnchanged(Long.toString(bits >> 10).getBytes(UTF_8));
    }

    @Property(tries = 3000)
    void theReaderStepsOverANumberIfItIsInItsOwnForm(@ForAll("decimals") String literal, @ForAll long bits) {
        assertIsSteppedOverIfCanonical(literal);
        assertIsSteppedOverIfCanonical(literal.replaceAll("0+$", ""));
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertIsSteppedOverIfCanonical(Double.toString(value));
            assertIsSteppedOverIfCanonical(EcmaNumber.format(value));
        }
        for (int shift = 0; shift < 63; shift += 9) {
            assertIsSteppedOverIfCanonical(Long.toString(bits >> shift));
        }
        for (String literalOfZero : List.of("0", "-0", "0.0", "-0.0", "00", "-00", "0.", "-", "1.", "01", ".5")) {
            assertIsSteppedOverIfCanonical(literalOfZero);
        }
    }

    private static void assertIsSteppedOverIfCanonical(String literal) {
        boolean canonical;
        try {
            canonical = EcmaNumber.format(Double.parseDouble(literal)).equals(literal);
        } catch (NumberFormatException none) {
            canonical = false;
        }
        boolean steppedOver;
        try {
            JsonReader reader = JsonReader.ofCanonical(literal.getBytes(UTF_8));
            reader.skip();
            reader.end();
            steppedOver = true;
        } catch (JsonException refused) {
            steppedOver = false;
        }
        assertThat(steppedOver).as(literal).isEqualTo(canonical);
    }

    private static void assertIsCanonicalIfUnchanged(byte[] bytes) {
        boolean unchanged;
        try {
            unchanged = Arrays.equals(CanonicalJson.of(bytes), bytes);
        } catch (JsonException refused) {
            unchanged = false;
        }
        assertThat(CanonicalJson.isCanonical(bytes))
                .as(new String(bytes, UTF_8))
                .isEqualTo(unchanged);
    }

    @Property(tries = 5000)
    void anyFiniteDoubleIsWrittenAsTheReferenceDoes(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isFinite(value)) {
            assertThat(EcmaNumber.format(value)).isEqualTo(NaiveJson.number(value));
        }
    }

    @Property(tries = 3000)
    void anyShortDecimalIsWrittenAsTheReferenceDoes(@ForAll("decimals") String literal) {
        assertThat(new String(CanonicalJson.of(literal.getBytes(UTF_8)), UTF_8))
                .isEqualTo(NaiveJson.number(Double.parseDouble(literal)));
    }

    @Provide
    Arbitrary<String> decimals() {
        Arbitrary<Long> whole = Arbitraries.longs().between(-99_999_999_999L, 99_999_999_999L);
        Arbitrary<String> fraction =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(12);
        Arbitrary<String> zeros = Arbitraries.integers().between(0, 9).map("0"::repeat);
        return Combinators.combine(whole, zeros, fraction).as((w, z, f) -> (w % 3 == 0 ? 0 : w) + "." + z + f);
    }

    @Provide
    Arbitrary<byte[]> hostile() {
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        Arbitrary<byte[]> nearJson = Arbitraries.of(
                        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\\ude00", "0", "1", "-", ".", "e5",
                        "true", "null", "\"a\"", "\"b\":", " ", "é", "😀", "\u0001")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts).getBytes(UTF_8));
        return Arbitraries.oneOf(anything, nearJson);
    }

    @Provide
    Arbitrary<Object> documents() {
        Arbitrary<Object> numbers = Arbitraries.oneOf(
                Arbitraries.longs().between(-(1L << 53) + 1, (1L << 53) - 1).map(n -> (double) n),
                Arbitraries.doubles(),
                Arbitraries.longs().map(Double::longBitsToDouble).filter(Double::isFinite));
        Arbitrary<Object> safe = numbers.filter(n -> Math.abs((double) n) < 0x1p53 || Math.abs((double) n) >= 1e21);
        Arbitrary<Object> nested = Arbitraries.oneOf(texts(), safe, Arbitraries.of(true, false));
        for (int depth = 0; depth < 2; depth++) {
            Arbitrary<Object> inner = nested;
            Arbitrary<Object> lists = inner.list().ofMaxSize(4).map(list -> list);
            Arbitrary<Object> maps =
                    Arbitraries.maps(texts(), inner).ofMaxSize(5).map(map -> map);
            nested = Arbitraries.frequencyOf(Tuple.of(1, inner), Tuple.of(1, lists), Tuple.of(3, maps));
        }
        return nested;
    }

    private static Arbitrary<String> texts() {
        Arbitrary<Integer> codePoints = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 0x7f),
                Arbitraries.of(
                        0x22, 0x5c, 0x2f, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfb33, 0xffff, 0x10000, 0x1f600,
                        0x10ffff),
                Arbitraries.integers().between(0x80, 0x10ffff).filter(c -> c < 0xd800 || c > 0xdfff));
        return codePoints.list().ofMaxSize(12).map(list -> {
            StringBuilder text = new StringBuilder();
            list.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    private static void write(@Nullable Object value, CanonicalWriter out) {
        switch (value) {
            case null -> out.nul();
            case Map<?, ?> map -> {
                out.beginObject();
                new TreeMap<>(map).forEach((name, member) -> {
                    out.name((String) name);
                    write(member, out);
                });
                out.endObject();
            }
            case List<?> list -> {
                out.beginArray();
                list.forEach(element -> write(element, out));
                out.endArray();
            }
            case String text -> out.string(text);
            case Double number -> out.number(number);
            case Boolean truth -> out.bool(truth);
            default -> throw new IllegalArgumentException();
        }
    }

    /** Writes a document with members in any order, and white space and escapes wherever they may stand. */
    private static void write(@Nullable Object value, StringBuilder out, Random random) {
        out.append(" \n\t\r ".substring(0, random.nextInt(6)));
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map -> {
                List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
                Collections.shuffle(members, random);
                out.append('{');
                for (int i = 0; i < members.size(); i++) {
                    out.append(i > 0 ? "," : "").append(random.nextBoolean() ? " " : "");
                    text((String) members.get(i).getKey(), out, random);
                    out.append(random.nextBoolean() ? " :" : ":");
                    write(members.get(i).getValue(), out, random);
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i > 0 ? "," : "");
                    write(list.get(i), out, random);
                }
                out.append(']');
            }
            case String text -> text(text, out, random);
            case Double number ->
                out.append(
                        number == Math.rint(number) && Math.abs(number) <= (1L << 53) - 1 && random.nextBoolean()
                                ? Long.toString(number.longValue())
                                : random.nextBoolean()
                                        ? number.toString()
                                        : new BigDecimal(number)
                                                .round(new MathContext(25))
                                                .toString()
                                                .replaceFirst("^(-?\\d{16,})$", "$1.0"));
            default -> out.append(value);
        }
        out.append(" \n\t\r ".substring(0, random.nextInt(6)));
    }

    private static void text(String text, StringBuilder out, Random random) {
        out.append('"');
        text.codePoints().forEach(c -> {
            int letter = "\b\t\n\f\r\"\\/".indexOf(c);
            if (letter >= 0 && random.nextBoolean()) {
                out.append('\\').append("btnfr\"\\/".charAt(letter));
            } else if (c < 0x20 || c == '"' || c == '\\' || random.nextInt(8) == 0) {
                for (char unit : Character.toChars(c)) {
                    String hex = "%04x".formatted((int) unit);
                    out.append("\\u").append(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        out.append('"');
    }
}
