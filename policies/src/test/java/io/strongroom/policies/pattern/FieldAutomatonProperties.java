package io.strongroom.policies.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonSlice;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The automaton says what each pattern by itself says. */
class FieldAutomatonProperties {

    @Property
    void matches_exactly_the_patterns_that_cover_the_field(
            @ForAll("patterns") List<FieldPattern> patterns, @ForAll("paths") List<List<String>> paths) {
        FieldAutomaton<BitSet> automaton = new FieldAutomaton<>(patterns, matched -> matched);

        for (List<String> path : paths) {
            FieldAutomaton<BitSet>.State state = automaton.start();
            for (String name : path) {
                byte[] json = new CanonicalWriter().string(name).toBytes();
                state = state.member(new JsonSlice(json, 0, json.length));
            }
            JsonPointer pointer = JsonPointer.of(path.toArray(String[]::new));
            BitSet expected = new BitSet();
            for (int i = 0; i < patterns.size(); i++) {
                expected.set(i, patterns.get(i).covers(pointer));
            }
            assertThat(state.meaning()).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<FieldPattern>> patterns() {
        return Arbitraries.of("a", "b", "ab", "ä", "*", "a*", "*b", "**", "x~1y", "q\"")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(names -> FieldPattern.parse("/" + String.join("/", names)))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<List<String>>> paths() {
        return Arbitraries.of("a", "b", "ab", "aab", "ä", "c", "x/y", "q\"", "\n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }
}
