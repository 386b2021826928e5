package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.server.privacy.Sealed;
import io.strongroom.server.privacy.SealedDisclosures;
import io.strongroom.server.record.Draft;
import io.strongroom.server.record.IdempotencyKey;
import io.strongroom.server.record.SystemRecords;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Drafts for tests: what intake would make. */
final class Drafts implements SystemRecords {
    static final Digest POLICY = Digest.of("policy".getBytes(StandardCharsets.UTF_8));

    private final AtomicLong count = new AtomicLong();

    /** Without a key. */
    Draft plain(String source) {
        return draft("audit.default", source, null, "standard", null, List.of(), "");
    }

    /** Keyed by the source's own sequence. */
    Draft sequenced(String source, long sequence) {
        return sequenced(source, sequence, "same");
    }

    /** Keyed by the source's own sequence; {@code document} says whether a repetition is the same document. */
    Draft sequenced(String source, long sequence, String document) {
        return draft("audit.default", source, sequence, "standard", key(source, sequence, document), List.of(), "");
    }

    /** Keyed by the source's own sequence, with something hidden. */
    Draft hiding(String source, long sequence, Sealed hidden) {
        Draft draft = sequenced(source, sequence);
        return new Draft(
                draft.id(),
                draft.stream(),
                draft.source(),
                draft.sourceSeq(),
                draft.retain(),
                draft.policy(),
                draft.digest(),
                draft.body(),
                draft.key(),
                hidden);
    }

    /** Keyed; {@code document} says whether a repetition is the same document. */
    Draft keyed(long key, String document) {
        return draft("audit.default", "app", null, "standard", key("app", key, document), List.of(), "");
    }

    Draft sized(int bytes) {
        return draft("audit.default", "app", null, "standard", null, List.of(), "x".repeat(bytes));
    }

    Draft draft(
            String stream,
            String source,
            @Nullable Long sourceSeq,
            String retain,
            @Nullable IdempotencyKey key,
            List<SealedDisclosures> disclosures,
            String padding) {
        long number = count.incrementAndGet();
        byte[] body = ("{\"number\":" + number + ",\"padding\":\"" + padding + "\",\"stream\":\"" + stream + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        RecordId id = RecordId.of(
                1_795_000_000_000L, ByteBuffer.allocate(10).putLong(2, number).array());
        return new Draft(
                id,
                stream,
                source,
                sourceSeq,
                retain,
                POLICY,
                Digest.of(body),
                body,
                key,
                new Sealed(disclosures, null));
    }

    static IdempotencyKey key(String source, long sequence, String document) {
        return new IdempotencyKey(
                source.hashCode(),
                sequence,
                Digest.of(document.getBytes(StandardCharsets.UTF_8)).bytes());
    }

    @Override
    public Draft draft(String stream, Event event) {
        String body = "{\"action\":\"" + event.action() + "\",\"attributes\":\"" + new TreeMap<>(event.attributes())
                + "\",\"number\":" + count.incrementAndGet() + "}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        RecordId id = RecordId.of(
                event.occurredAt(),
                ByteBuffer.allocate(10).putLong(2, count.get()).array());
        return new Draft(
                id, stream, "strongroom", null, "system", POLICY, Digest.of(bytes), bytes, null, Sealed.NOTHING);
    }
}
