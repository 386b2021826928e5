package io.strongroom.server.ingest;

import static io.strongroom.server.ingest.Intake.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.server.body.DrippingStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever comes, a document is accepted whole, refused with a problem, or set aside; nothing is thrown. */
class ExaminerProperties {
    private static final byte[] GOOD = Intake.bytes(
            "{\"tenantId\":\"acme\",\"stream\":\"audit.security\",\"source\":{\"id\":\"orders\","
                    + "\"sequence\":4711},\"createdAt\":\"2026-11-21T01:02:03.004Z\",\"action\":\"A.B\","
                    + "\"idempotencyKey\":\"k\",\"outcome\":\"success\",\"actor\":{\"type\":\"User\",\"id\":\"ä\\u0000\"},"
                    + "\"resource\":{\"type\":\"T\",\"id\":\"r\"},\"correlation\":"
                    + "{\"traceId\":\"3e1f2d0c9b8a7f6e5d4c3b2a19081716\",\"spanId\":\"7f6e5d4c3b2a1908\"},"
                    + "\"attributes\":{\"x\":[1,2.5e3,{\"y\":null}],\"q\":\"\\\"\\\\\"},\"labels\":{\"env\":\"prod\"}}");
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\",
            "\\u0041",
            "null",
            "1e400",
            "-0",
            "9007199254740993",
            "\u0000",
            "\"a\":1,",
            "\"tenantId\":\"other\",",
            "\"action\":",
            "{}",
            "\"stream\":\"system.x\",",
            " ",
            "\n",
            "é",
            "😀");

    private final Intake fakes = new Intake();
    private final Examiner examiner = fakes.intake.lend();

    @Property(tries = 3000)
    void a_changed_document_never_gets_through_half(@ForAll("edits") List<Edit> edits) {
        byte[] document = GOOD;
        for (Edit edit : edits) {
            document = edit.apply(document);
        }
        check(document);
    }

    @Property(tries = 500)
    void any_bytes_are_answered(@ForAll byte[] document) {
        check(document);
    }

    private void check(byte[] document) {
        Examination examination = examiner.line(document, 0, document.length, SENDER);
        switch (examination) {
            case Examination.Accepted accepted -> {
                byte[] body = accepted.draft().body();
                assertThat(CanonicalJson.isCanonical(body)).isTrue();
                CanonicalObject stored = CanonicalObject.ofCanonical(body);
                CanonicalObject received = CanonicalObject.of(document);
                for (String member : List.of("action", "actor", "attributes", "labels", "resource", "source")) {
                    assertThat(stored.get(member)).isEqualTo(received.get(member));
                }
            }
            case Examination.Refused refused ->
                assertThat(refused.problem().status()).isBetween(400, 499);
            case Examination.PutOff putOff -> throw new AssertionError("the bundle has no quotas");
            case Examination.Misdirected misdirected ->
                assertThat(CanonicalJson.isCanonical(misdirected.document())).isTrue();
        }
        assertThat(fakes.ledger.committed()).isEmpty();
        assertThat(fakes.guard.kept).isEmpty();
    }

    /** Takes out [at, at + count) and puts {@code piece} there. */
    record Edit(int at, int count, byte[] piece) {
        byte[] apply(byte[] document) {
            int from = document.length == 0 ? 0 : at % document.length;
            int to = Math.min(document.length, from + count);
            byte[] edited = Arrays.copyOf(document, from + piece.length + document.length - to);
            System.arraycopy(piece, 0, edited, from, piece.length);
            System.arraycopy(document, to, edited, from + piece.length, document.length - to);
            return edited;
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        Arbitrary<byte[]> pieces = Arbitraries.oneOf(
                Arbitraries.of(PIECES).map(Intake::bytes),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(3));
        return Combinators.combine(
                        Arbitraries.integers().between(0, GOOD.length - 1),
                        Arbitraries.integers().between(0, 4),
                        pieces)
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 200)
    void lines_are_cut_where_the_line_feeds_are(
            @ForAll List<@StringLength(max = 40) String> texts, @ForAll @IntRange(min = 1, max = 17) int step)
            throws IOException {
        List<String> lines =
                texts.stream().map(text -> text.replaceAll("[\\r\\n]", "")).toList();
        byte[] all = Intake.bytes(String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
        LineReader reader = new LineReader(new DrippingStream(all, step));

        for (String line : lines) {
            assertThat(reader.next()).isTrue();
            assertThat(Arrays.copyOfRange(reader.buffer(), reader.offset(), reader.offset() + reader.length()))
                    .isEqualTo(Intake.bytes(line));
        }
        assertThat(reader.next()).isFalse();
    }
}
