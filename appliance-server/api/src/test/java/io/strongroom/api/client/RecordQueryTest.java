package io.strongroom.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Exclusions;
import io.strongroom.api.Outcome;
import io.strongroom.api.Selection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordQueryTest {
    @Test
    void whatLeavesRecordsOutMayBeGivenMoreThanOnce() {
        RecordQuery query = RecordQuery.ALL
                .actor("ann")
                .not("source", "a b")
                .not("source", "c")
                .limit(5)
                .limit(6);
        assertThat(query.toQueryString()).isEqualTo("?actor=ann&not.source=a%20b&not.source=c&limit=6");
        assertThat(query.toJson()).hasToString("{\"actor\":\"ann\",\"not.source\":[\"a b\",\"c\"],\"limit\":\"6\"}");
    }

    @Test
    void aSelectionIsAskedForByTheSameFilters() {
        Selection selection = Selection.where().fromSeq(3L).toSeq(9L).stream("audit.x")
                .actor("ann")
                .outcome(Outcome.FAILURE)
                .labels(Map.of("env", "prod"))
                .text("w")
                .build()
                .without(Exclusions.NONE.and("actor", "ben").andLabel("team", "x"));
        assertThat(RecordQuery.of(selection).toQueryString())
                .isEqualTo("?fromSeq=3&toSeq=9&stream=audit.x&actor=ann&outcome=failure&text=w&label.env=prod"
                        + "&not.actor=ben&not.label.team=x");
        assertThatThrownBy(() -> RecordQuery.of(Selection.ofRecords(List.of("01ARZ3NDEKTSV4RRFFQ69G5FAV"))))
                .hasMessageContaining("by their ids");
    }
}
