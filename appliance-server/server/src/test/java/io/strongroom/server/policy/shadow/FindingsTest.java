package io.strongroom.server.policy.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.RecordId;
import io.strongroom.policies.diff.Difference;
import io.strongroom.policies.diff.Difference.Kind;
import io.strongroom.server.policy.shadow.Findings.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private static final RecordId ID = RecordId.of(0, new byte[10]);

    @Test
    void however_much_changes_the_report_stays_small_and_says_what_it_leaves_out() {
        Findings findings = new Findings();
        int many = 20_000;
        for (int i = 0; i < many; i++) {
            Difference difference = new Difference(
                    Kind.HANDLING,
                    "/attributes/" + "x".repeat(1_000).substring(i % 300) + i,
                    "kept in clear",
                    "dropped");
            findings.decided(Decision.INTAKE, "stream-" + i, "who-" + i, List.of(difference), ID, i);
            findings.decided(Decision.INTAKE, "same", "", List.of(new Difference(Kind.RETENTION, "", "a", "b")), ID, i);
        }

        Json.Obj report = findings.report();
        assertThat(report.toString().length()).isLessThan(1_000_000);
        assertThat(report.object("intake").integer("changed")).isEqualTo(2L * many);
        List<Json.Obj> changes = report.objects("changes", each -> each);
        assertThat(changes).hasSize(Findings.MOST_CHANGES);
        assertThat(changes.getFirst().integer("seen")).isEqualTo(many);
        assertThat(changes.getFirst().list("samples")).hasSize(Findings.MOST_SAMPLES);
        assertThat(report.integer("changesNotTold")).isEqualTo(many - (Findings.MOST_CHANGES - 1));
        Json.Obj streams = report.object("intake").object("byStream");
        assertThat(streams.members().keySet().stream()
                        .mapToLong(name -> streams.object(name).integer("decided"))
                        .sum())
                .isEqualTo(2L * many);
    }
}
