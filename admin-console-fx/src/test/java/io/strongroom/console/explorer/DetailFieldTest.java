package io.strongroom.console.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryItem;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.Commitment.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetailFieldTest {
    /** A pair of braces in clear would say that the object was empty. */
    @Test
    void anObjectWhoseMembersAreKeptApartIsNoFieldOfItsOwn() {
        QueryItem item = new QueryItem(
                1,
                "01K",
                "2026-11-21T01:02:03.004Z",
                (Json.Obj) Json.parse("{\"attributes\":{\"empty\":{},\"erased\":{},\"user\":{}}}"),
                List.of(hidden("/attributes/user/name"), hidden("/attributes/erased")),
                Json.object().build());

        assertThat(DetailField.of(item))
                .extracting(DetailField::pointer, DetailField::kind)
                .containsExactly(
                        tuple("/attributes/empty", DetailField.Kind.CLEAR),
                        tuple("/attributes/erased", DetailField.Kind.HIDDEN),
                        tuple("/attributes/user/name", DetailField.Kind.HIDDEN));
    }

    private static FieldVerdict hidden(String pointer) {
        return new FieldVerdict(
                "x", Verdict.WITHHELD, pointer, "CONFIDENTIAL", "omitted by masking.yaml:4", null, null);
    }
}
