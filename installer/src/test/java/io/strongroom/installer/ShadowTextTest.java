package io.strongroom.installer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.json.Json;
import org.junit.jupiter.api.Test;

class ShadowTextTest {
    private static ShadowEvaluation evaluation(String more) {
        return ShadowEvaluation.fromJson(Json.parseObject(("""
                {"id":"01", "proposal":"proposals/mask", "requester":"ann", "days":7, "rate":null,
                 "base":{"bundle":"b","commit":null}, "head":{"bundle":"h","commit":"c0ffee"},
                 "startedAt":"2026-11-21T00:00:00.000Z", "done":1234567, "total":1234567, """ + more + "}").getBytes(UTF_8)));
    }

    @Test
    void the_summary_is_a_table_and_says_what_was_compared() {
        String count = "{\"decided\":1234567,\"changed\":89,\"partly\":0,\"notRepeated\":2}";
        ShadowEvaluation done =
                evaluation("\"state\":\"completed\",\"stale\":true,\"report\":\"sha256:00\",\"summary\":{\"intake\":"
                        + count + ",\"visibility\":" + count + ",\"reads\":" + count + "}");

        assertThat(ShadowText.compared(done))
                .isEqualTo("7 days before 2026-11-21T00:00:00.000Z, commit c0ffee against the built-in bundle\n"
                        + "STALE: the proposal, or what is in force, is another by now");
        assertThat(ShadowText.summary(done.summary().orElseThrow()).lines().toList())
                .hasSize(4)
                .element(1)
                .asString()
                .isEqualTo("  what is kept of records         1,234,567           89            0            2");
    }

    @Test
    void one_that_has_no_report_says_why() {
        ShadowEvaluation failed = evaluation("\"state\":\"failed\",\"stale\":false,\"reason\":\"It was stopped.\"");

        assertThat(failed.isEnded()).isTrue();
        assertThat(failed.summary()).isEmpty();
        assertThat(failed.reason()).isEqualTo("It was stopped.");
        assertThat(evaluation("\"state\":\"running\",\"stale\":false").isEnded())
                .isFalse();
    }

    @Test
    void changes_are_told_one_by_one_and_what_is_left_out_is_said() {
        String change = """
                {"decision":"visibility","kind":"reading","stream":"audit.doors","who":"Audit.Reader",
                 "field":"/attributes/email","before":"shown","after":"masked as last4","seen":1203,
                 "samples":[{"recordId":"01A"},{"recordId":"01B"}]}""";
        String whole = """
                {"decision":"intake","kind":"retention","stream":"audit.doors","who":null,
                 "field":"","before":"audit-7y","after":"short","seen":2,"samples":[{"recordId":"01C"}]}""";
        Json.Obj report =
                Json.parseObject(("{\"changes\":[" + change + "," + whole + "],\"changesNotTold\":4}").getBytes(UTF_8));

        assertThat(ShadowText.changes(report)).isEqualTo("""
                1,203 × Audit.Reader, reading of /attributes/email in audit.doors: shown → masked as last4
                    such as 01A 01B
                2 × retention in audit.doors: audit-7y → short
                    such as 01C
                and more: the report has no room for all
                """);
    }
}
