package io.strongroom.policies.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.policies.diff.Phrase.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhrasebookTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_kind_is_told_of_each_of_its_things_once_in_both_languages(Kind kind) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            assertThat(PLACE.matcher(Phrasebook.in(locale).words(kind))
                            .results()
                            .map(MatchResult::group))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, kind.places())
                            .mapToObj(place -> "{" + place + "}")
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_kind_is_told_of_no_more_and_no_fewer_things_than_it_has_places(Kind kind) {
        List<Phrase> tooMany =
                IntStream.rangeClosed(0, kind.places()).mapToObj(Phrase::name).toList();

        assertThat(Phrase.read(kind.wire(), tooMany).isPresent()).isEqualTo(kind.joins());
        if (!kind.joins()) {
            assertThatThrownBy(() -> Phrase.of(kind, tooMany.toArray(Phrase[]::new)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_is_told_stays_as_it_is_though_it_looks_like_a_place() {
        Phrase odd = Phrase.of(Kind.LOSES, Phrase.name("{1}"), Phrase.name("$0\\"));

        assertThat(odd).hasToString("{1} loses $0\\");
    }
}
