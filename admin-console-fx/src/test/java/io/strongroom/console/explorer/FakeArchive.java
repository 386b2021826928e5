package io.strongroom.console.explorer;

import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.ExportStatus;
import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryItem;
import io.strongroom.api.QueryPage;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.json.Json;
import io.strongroom.console.FakeLog;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitment.Verdict;
import io.strongroom.evidence.json.CanonicalJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** As many records as one likes, the newest first, made as they are asked for; the first hundred stand in a log. */
final class FakeArchive implements Archive {
    private static final List<String> PEOPLE = List.of("u-weber", "u-okafor", "u-lindt", "svc-backup");
    private static final List<String> ACTIONS =
            List.of("Session.Opened", "Chart.Read", "Prescription.Written", "Chart.Exported", "Session.Closed");
    private static final Instant BEGAN = Instant.parse("2026-11-20T06:00:00Z");
    private static final int LOGGED = 100;

    final List<Question> asked = new CopyOnWriteArrayList<>();
    final List<ExportRequest> exports = new CopyOnWriteArrayList<>();
    final FakeLog log = new FakeLog();
    private final long count;
    private final int page;

    /** @param page records a page, whatever is asked for */
    FakeArchive(long count, int page) {
        this.count = count;
        this.page = page;
        for (long seq = 0; seq < Math.min(LOGGED, count); seq++) {
            log.append(id(seq), Digest.of(CanonicalJson.of(record(seq).bytes())), at(seq).toEpochMilli(), "audit.desk");
        }
    }

    private static RecordId id(long seq) {
        return new RecordId(0x0193_4b2a_0000_0000L, seq);
    }

    private static Instant at(long seq) {
        return BEGAN.plusSeconds(7 * seq);
    }

    private static Json.Obj record(long seq) {
        String person = PEOPLE.get((int) (seq % 4));
        Json.Builder actor = Json.object().put("type", person.startsWith("svc-") ? "Service" : "User");
        if (!hides(seq)) {
            actor.put("id", person);
        }
        Json.Builder record = Json.object()
                .put("action", ACTIONS.get((int) (seq % 5)))
                .put("actor", actor.build())
                .put(
                        "attributes",
                        Json.object()
                                .put("ward", seq % 2 == 0 ? "north" : "south")
                                .build())
                .put("labels", Json.object().put("env", "prod").build())
                .put("occurredAt", at(seq).toString().replace("Z", ".000Z"))
                .put("outcome", seq % 11 == 0 ? "failure" : "success")
                .put(
                        "resource",
                        Json.object()
                                .put("id", "chart-" + seq % 7)
                                .put("type", "Chart")
                                .build())
                .put("source", Json.object().put("id", "clinic-desk").build())
                .put("stream", seq % 3 == 0 ? "audit.lab" : "audit.desk");
        return hides(seq)
                ? record.putTexts("_sd", List.of("digest-1", "digest-2")).build()
                : record.build();
    }

    /** Every tenth record has two fields that are kept apart. */
    private static boolean hides(long seq) {
        return seq % 10 == 9;
    }

    static QueryItem item(long seq) {
        List<FieldVerdict> verdicts = hides(seq)
                ? List.of(
                        new FieldVerdict(
                                "digest-1",
                                Verdict.WITHHELD,
                                "/actor/id",
                                "CONFIDENTIAL",
                                "The rule mask-actors shows a part of it.",
                                "last4",
                                Json.of("…ckup")),
                        new FieldVerdict(
                                "digest-2",
                                Verdict.WITHHELD,
                                "/attributes/diagnosis",
                                "RESTRICTED",
                                "The rule hide-health hides it from this role.",
                                null,
                                null))
                : List.of();
        return new QueryItem(seq, id(seq).toString(), at(seq).toString(), record(seq), verdicts, Json.Obj.EMPTY);
    }

    @Override
    public QueryPage page(Question question, int limit, @Nullable String cursor) {
        asked.add(question);
        if (question.text().contains("colour:")) {
            throw new IllegalArgumentException(
                    "“colour” is not understood. Records can be filtered by from, to, actor, q.");
        }
        long first = cursor == null ? count - 1 : Long.parseLong(cursor);
        List<QueryItem> items = new ArrayList<>();
        for (long seq = first; seq >= 0 && items.size() < page; seq--) {
            items.add(item(seq));
        }
        long next = first - items.size();
        return new QueryPage(items, next < 0 ? null : Long.toString(next), List.of(), count, 240);
    }

    @Override
    public QueryItem one(String recordId) {
        return item(RecordId.parse(recordId).low());
    }

    @Override
    public RecordFacets facets(Question question, int most) {
        return new RecordFacets(
                List.of(
                        new RecordFacets.Facet(
                                "stream",
                                List.of(
                                        new RecordFacets.Value("audit.desk", 3_333_333),
                                        new RecordFacets.Value("audit.lab", 1_666_667)),
                                0),
                        new RecordFacets.Facet(
                                "outcome",
                                List.of(
                                        new RecordFacets.Value("success", 4_545_454),
                                        new RecordFacets.Value("failure", 454_546)),
                                0),
                        new RecordFacets.Facet(
                                "action",
                                ACTIONS.stream()
                                        .map(action -> new RecordFacets.Value(action, 1_000_000))
                                        .toList(),
                                12)),
                "all",
                null,
                "",
                null,
                null,
                List.of(),
                count,
                240);
    }

    @Override
    public byte[] proof(String recordId) {
        return log.proof((int) RecordId.parse(recordId).low());
    }

    @Override
    public byte[] trustFile() {
        return log.trustFile();
    }

    @Override
    public ExportStatus export(ExportRequest request) {
        exports.add(request);
        return new ExportStatus("x1", ExportState.QUEUED, 0, 0, null, null, null);
    }
}
