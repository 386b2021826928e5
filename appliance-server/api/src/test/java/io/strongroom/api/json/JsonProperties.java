package io.strongroom.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class JsonProperties {
    @Property
    void whatIsWrittenIsReadAsTheSame(@ForAll("values") Json value) {
        assertThat(Json.parse(value.bytes())).isEqualTo(value);
    }

    @Provide
    Arbitrary<Json> values() {
        return Arbitraries.lazyOf(
                () -> texts().map(Json::of),
                () -> Arbitraries.longs()
                        .between(-(1L << 53) + 1, (1L << 53) - 1)
                        .map(Json::of),
                () -> Arbitraries.of(true, false).map(Json::of),
                () -> Arbitraries.just((Json) Json.Null.NULL),
                () -> values().list().ofMaxSize(3).map(items -> (Json) new Json.Arr(List.copyOf(items))),
                () -> Arbitraries.maps(texts(), values()).ofMaxSize(3).map(JsonProperties::object));
    }

    private static Json object(Map<String, Json> members) {
        return new Json.Obj(new LinkedHashMap<>(members));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().all().excludeChars().ofMaxLength(12).filter(JsonProperties::hasNoHalfPairs);
    }

    private static boolean hasNoHalfPairs(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
}
