package io.strongroom.policies.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class GlobProperties {

    @Property
    void matches_what_the_expression_of_the_same_meaning_matches(
            @ForAll @Chars({'*', 'a', 'b', '.'}) @StringLength(max = 6) String glob,
            @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String name) {
        String expression =
                Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));

        assertThat(new Glob(glob).matches(name)).isEqualTo(name.matches(expression));
    }
}
