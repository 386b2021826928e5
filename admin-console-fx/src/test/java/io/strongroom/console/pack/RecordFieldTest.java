package io.strongroom.console.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.strongroom.evidence.pack.verify.MaskedField;
import io.strongroom.evidence.pack.verify.PackRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordFieldTest {
    /** A pair of braces in clear would say that the object was empty. */
    @Test
    void anObjectWhoseMembersAreKeptApartIsNoFieldOfItsOwn() {
        PackRecord record = new PackRecord(
                1,
                "{}".getBytes(UTF_8),
                "{\"attributes\":{\"empty\":{},\"erased\":{},\"user\":{}}}".getBytes(UTF_8),
                List.of(),
                List.of(hidden("/attributes/erased"), hidden("/attributes/user/name")));

        assertThat(RecordField.of(record))
                .extracting(RecordField::pointer, RecordField::kind)
                .containsExactly(
                        tuple("/attributes/empty", RecordField.Kind.CLEAR),
                        tuple("/attributes/erased", RecordField.Kind.TOLD),
                        tuple("/attributes/user/name", RecordField.Kind.TOLD));
    }

    private static MaskedField hidden(String pointer) {
        return new MaskedField(pointer, "CONFIDENTIAL", "omitted by masking.yaml:4", null, null);
    }
}
