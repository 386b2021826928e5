package io.strongroom.policies.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.strongroom.evidence.field.JsonPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/actor/id, /actor/id, true",
        "/actor/id, /actor/type, false",
        "/actor, /actor/id, true",
        "/actor, /actors, false",
        "/actor/id, /actor, false",
        "/attributes/*, /attributes/email, true",
        "/attributes/*, /attributes/user/email, true",
        "/attributes/*, /attributes, false",
        "/attributes/**, /attributes, true",
        "/attributes/**, /attributes/a/b/c, true",
        "/**/email, /attributes/user/email, true",
        "/**/email, /email, true",
        "/**/email, /attributes/e-mail, false",
        "/attributes/**/email, /attributes/email, true",
        "/attributes/*Name, /attributes/SubjectUserName, true",
        "/attributes/*Name, /attributes/SubjectUserSid, false",
        "/attributes/*User*Name, /attributes/TargetUserName, true",
        "/**, /anything/at/all, true",
        "/attributes/a~1b, /attributes/a~1b, true",
        "/attributes/a~1b, /attributes/a/b, false"
    })
    void names_a_member_and_all_that_is_inside_it(String pattern, String pointer, boolean covers) {
        assertThat(FieldPattern.parse(pattern).covers(JsonPointer.parse(pointer)))
                .isEqualTo(covers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"actor", "", "/attributes/0", "/attributes/-", "/a//b", "/a**/b", "/a/b~2"})
    void what_is_no_field_is_refused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPattern.parse(pattern));
    }

    @Test
    void very_many_stars_take_no_time() {
        FieldPattern pattern = FieldPattern.parse("/**/a".repeat(12));

        assertThat(pattern.covers(JsonPointer.parse("/a".repeat(11) + "/b".repeat(500))))
                .isFalse();
        assertThat(pattern.covers(JsonPointer.parse("/a".repeat(12)))).isTrue();
    }
}
