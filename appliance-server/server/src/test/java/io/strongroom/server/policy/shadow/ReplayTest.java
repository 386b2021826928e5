package io.strongroom.server.policy.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.diff.DecisionDiff;
import io.strongroom.policies.evaluate.BuiltInPolicy;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.RecordOpener;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.privacy.TestOpeners;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not known any more is counted, and never guessed. */
class ReplayTest {
    private static final long START = Rfc3339.parse("2026-11-21T00:00:00.000Z");
    private static final CompiledPolicy BUILT_IN = new BuiltInPolicy();

    private final MemoryLedger ledger = new MemoryLedger();

    /** Built-in, but with other files. */
    private static CompiledPolicy bundle(Map<String, String> files) {
        Map<String, byte[]> all = new TreeMap<>(BUILT_IN.files());
        files.forEach((path, content) -> all.put(path, content.getBytes(UTF_8)));
        return new CompiledPolicy(BundleLoader.load(all), "");
    }

    private Json.Obj replayed(CompiledPolicy after) {
        return replayed(TestOpeners.erased(), BUILT_IN, after);
    }

    private Json.Obj replayed(RecordOpener opener, CompiledPolicy before, CompiledPolicy after) {
        Replay replay = new Replay(
                ledger,
                opener,
                digest -> List.of(BUILT_IN, before).stream()
                        .filter(policy -> policy.bundle().digest().equals(digest))
                        .findFirst(),
                new DecisionDiff(before, after),
                "",
                Pace.of(0));
        assertThat(replay.run(0, ledger.size(), done -> true)).isTrue();
        return replay.findings().report();
    }

    private static Json.Obj reads(Json.Obj report) {
        return report.object("reads");
    }

    @Test
    void a_record_that_is_gone_is_not_decided_about() {
        ledger.append("audit.doors", BUILT_IN, null);
        ledger.append("audit.doors", BUILT_IN, "{}");

        Json.Obj report = replayed(bundle(Map.of("retention.yaml", "default: a\nclasses:\n  a: {days: 1}\n")));

        assertThat(report.object("intake").integer("decided")).isEqualTo(1);
        assertThat(report.object("intake").object("notRepeated").toString()).isEqualTo("{\"expired\":1}");
        assertThat(report.object("visibility").object("notRepeated").toString()).isEqualTo("{\"expired\":1}");
    }

    @Test
    void of_a_record_with_a_field_that_nobody_can_open_it_is_decided_who_sees_the_rest_and_no_more() {
        ledger.append(
                "audit.doors", BUILT_IN, "{\"_sd\":[\"" + "A".repeat(43) + "\"],\"attributes\":{\"email\":\"x\"}}");
        CompiledPolicy after = bundle(
                Map.of("classification.yaml", "default: INTERNAL\nrules:\n  - {fields: [/**], class: RESTRICTED}\n"));

        Json.Obj erased = replayed(TestOpeners.erased(), BUILT_IN, after);
        Json.Obj damaged = replayed(TestOpeners.damaged(), BUILT_IN, after);

        assertThat(erased.object("intake").integer("decided")).isZero();
        assertThat(erased.object("intake").object("notRepeated").toString()).isEqualTo("{\"erased\":1}");
        assertThat(erased.object("visibility").integer("changed")).isPositive();
        assertThat(damaged.object("intake").object("notRepeated").toString()).isEqualTo("{\"damaged\":1}");
    }

    @Test
    void where_something_may_have_been_dropped_or_hashed_it_is_said() {
        CompiledPolicy dropping = bundle(
                Map.of("handling.yaml", "rules:\n  - {streams: [audit.doors], fields: [/attributes/pin], do: drop}\n"));
        CompiledPolicy unknown = bundle(Map.of("bundle.yaml", "name: gone\nversion: \"0\"\n"));
        ledger.append("audit.doors", dropping, "{}");
        ledger.append("audit.desks", dropping, "{}");
        ledger.append("audit.doors", BUILT_IN, "{}");
        ledger.append("audit.doors", unknown, "{}");

        Json.Obj intake = replayed(TestOpeners.erased(), dropping, BUILT_IN).object("intake");

        assertThat(intake.integer("decided")).isEqualTo(4);
        assertThat(intake.integer("partly")).isEqualTo(2);
    }

    @Test
    void what_the_appliance_writes_itself_is_never_hidden_so_that_no_proposal_changes_that() {
        ledger.append("system.guard", BUILT_IN, "{}");

        Json.Obj intake = replayed(bundle(Map.of(
                        "classification.yaml",
                        "default: CONFIDENTIAL\n",
                        "residency.yaml",
                        "rules:\n  - {regions: [de]}\n")))
                .object("intake");

        assertThat(intake.object("byKind").toString()).isEqualTo("{\"classification\":1}");
    }

    @Test
    void readings_are_decided_again_as_far_as_their_record_tells() {
        ledger.append("audit.doors", BUILT_IN, "{\"attributes\":{\"email\":\"x\"}}");
        reading("Record.Read", "Officer", "\"purposeStated\":false,\"roles\":[\"Audit.Reader\"],\"seq\":0");
        reading("Record.Read", "Officer", "\"purposeStated\":true,\"roles\":[\"Audit.Reader\"],\"seq\":0");
        reading("Records.Queried", "Officer", "\"purposeStated\":false,\"roles\":[\"Audit.Reader\"]");
        reading("Records.Queried", "Officer", "\"purposeStated\":false,\"roles\":[\"Audit.Admin\"]");
        reading("Session.Opened", "Officer", "\"seq\":0");
        CompiledPolicy after = bundle(Map.of(
                "access.yaml",
                "rules:\n  - {roles: [Audit.*], operations: [records.read], streams: [audit.*], purpose: required}\n"));

        Json.Obj report = replayed(after);

        assertThat(reads(report).integer("decided")).isEqualTo(4);
        assertThat(reads(report).integer("changed")).isEqualTo(3);
        assertThat(reads(report).object("byWho").object("ann").integer("changed"))
                .isEqualTo(3);
    }

    @Test
    void a_reading_of_which_too_little_is_known_is_not_decided_again() {
        ledger.append("audit.doors", BUILT_IN, null);
        reading("Record.Read", "Officer", "\"seq\":0");
        reading("Record.Read", "Officer", "\"purposeStated\":true,\"roles\":[\"Audit.Reader\"],\"seq\":0");
        reading("Records.Queried", "Officer", "\"purposeStated\":true,\"roles\":[\"Audit.Reader\"]");
        reading("Records.Queried", "ServiceToken", "\"purposeStated\":false,\"roles\":[\"Audit.Reader\"]");
        CompiledPolicy after = bundle(Map.of("access.yaml", """
                rules:
                  - roles: [Audit.Reader]
                    operations: [records.read]
                    when: purpose != 'fun' && caller.id != ''
                """));

        assertThat(reads(replayed(after)).object("notRepeated").toString())
                .isEqualTo("{\"condition\":1,\"expired\":1,\"roles\":1}");
        assertThat(reads(replayed(after)).integer("decided")).isEqualTo(1);
    }

    @Test
    void packs_that_were_asked_for_are_decided_again() {
        export("\"format\":\"ndjson\",\"roles\":[\"Export.Operator\"],\"stream\":\"audit.doors\"");
        export("\"format\":\"parquet\",\"roles\":[\"Export.Operator\"]");
        export("\"format\":\"parquet\"");

        Json.Obj report = replayed(bundle(
                Map.of("export.yaml", "rules:\n  - {roles: [Export.*], streams: [audit.doors], formats: [ndjson]}\n")));

        assertThat(reads(report).integer("decided")).isEqualTo(2);
        assertThat(reads(report).integer("changed")).isEqualTo(1);
        assertThat(reads(report).object("notRepeated").toString()).isEqualTo("{\"roles\":1}");
    }

    @Test
    void it_stops_when_it_is_not_wanted_any_more() {
        for (int i = 0; i < 5; i++) {
            ledger.append("audit.doors", BUILT_IN, "{}");
        }
        Replay replay = new Replay(
                ledger,
                TestOpeners.erased(),
                digest -> Optional.empty(),
                new DecisionDiff(BUILT_IN, BUILT_IN),
                "",
                Pace.of(0));

        assertThat(replay.run(0, 5, done -> done < 2)).isFalse();

        assertThat(replay.findings().report().object("intake").integer("decided"))
                .isEqualTo(2);
    }

    @Test
    void it_begins_with_the_first_entry_of_the_time() {
        for (int i = 0; i < 9; i++) {
            ledger.append("audit.doors", BUILT_IN, "{}");
        }
        assertThat(Replay.firstSince(ledger, START - 1)).isZero();
        assertThat(Replay.firstSince(ledger, START + 4)).isEqualTo(4);
        assertThat(Replay.firstSince(ledger, START + 99)).isEqualTo(9);
    }

    private void reading(String action, String type, String attributes) {
        ledger.append(
                "system.access",
                BUILT_IN,
                "{\"action\":\"" + action + "\",\"actor\":{\"id\":\"ann\",\"type\":\"" + type + "\"},\"attributes\":{"
                        + attributes + "},\"occurredAt\":\"2026-11-21T00:00:00.000Z\"}");
    }

    private void export(String attributes) {
        ledger.append(
                "system.export",
                BUILT_IN,
                "{\"action\":\"Export.Requested\",\"actor\":{\"id\":\"ann\",\"type\":\"ServiceToken\"},\"attributes\":{"
                        + attributes + "},\"occurredAt\":\"2026-11-21T00:00:00.000Z\"}");
    }

    /** Records a millisecond apart. */
    private static final class MemoryLedger implements LedgerReader {
        private final List<Row> rows = new ArrayList<>();

        void append(String stream, CompiledPolicy under, @Nullable String body) {
            long seq = rows.size();
            byte[] stored = body == null ? null : CanonicalJson.of(body.getBytes(UTF_8));
            Entry entry = new Entry(
                    seq,
                    START + seq,
                    RecordId.of(
                            START + seq, ByteBuffer.allocate(10).putLong(seq).array()),
                    under.bundle().digest(),
                    Digest.ZERO,
                    Digest.of(stored == null ? new byte[0] : stored),
                    "audit-7y",
                    "desk",
                    null,
                    stream);
            rows.add(new Row(entry, entry.leaf(), stored));
        }

        @Override
        public long size() {
            return rows.size();
        }

        @Override
        public void read(long from, long to, boolean bodies, Rows taking) {
            for (long seq = from; seq < to; seq++) {
                if (!taking.take(rows.get((int) seq))) {
                    return;
                }
            }
        }

        @Override
        public Optional<Row> find(long seq) {
            return Optional.of(rows.get((int) seq));
        }

        @Override
        public List<Row> find(List<Long> seqs) {
            return seqs.stream().map(seq -> rows.get(seq.intValue())).toList();
        }

        @Override
        public List<SealedDisclosures> disclosures(long seq) {
            return List.of();
        }

        @Override
        public boolean awaitGrowth(long size, long millis) {
            return false;
        }
    }
}
