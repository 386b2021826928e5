package io.strongroom.server.ingest;

import io.strongroom.api.FieldError;
import io.strongroom.api.Problem;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.ledger.RecordLimits;
import io.strongroom.server.gateway.Quotas;
import io.strongroom.server.gateway.Quotas.Exceeded;
import io.strongroom.server.ingest.RecordForm.Kind;
import io.strongroom.server.record.DeviceLine;
import io.strongroom.server.record.Document;
import io.strongroom.server.record.IdempotencyKey;
import io.strongroom.server.record.IdempotencyKeys;
import io.strongroom.server.record.RecordFactory;
import io.strongroom.server.record.RecordRefusedException;
import io.strongroom.server.uploads.UploadedObjects;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes documents apart and makes drafts of them: strict JSON, then whose it is, then its form, then whether its sender
 * may write it, and as much, then whether what it refers to is here, then its key, then policy.
 *
 * <p>For one thread at a time; its buffers grow to what it meets, at most to the largest record.
 */
final class Examiner {
    private static final String SYSTEM_PREFIX = "system.";

    private final IdempotencyKeys keys;
    private final RecordFactory records;
    private final Quotas quotas;
    private final CanonicalJson canonicaliser = new CanonicalJson();
    private final RecordForm form = new RecordForm();
    private final ReferenceCheck references;
    private final DocumentCompletion completion = new DocumentCompletion();

    Examiner(IdempotencyKeys keys, RecordFactory records, UploadedObjects objects, Quotas quotas) {
        this.references = new ReferenceCheck(objects);
        this.keys = keys;
        this.records = records;
        this.quotas = quotas;
    }

    /**
     * Examines a single document.
     *
     * @param key its {@code Idempotency-Key}, known to be well formed
     */
    Examination single(byte[] document, Sender sender, String key) {
        return examine(document, 0, document.length, sender, Kind.SINGLE, key, null);
    }

    /** Examines a line of a batch, which brings its key along. */
    Examination line(byte[] bytes, int offset, int length, Sender sender) {
        return examine(bytes, offset, length, sender, Kind.LINE, null, null);
    }

    /** Examines a line of a device batch, which needs no key: the batch comes once, as a whole. */
    Examination deviceLine(byte[] bytes, int offset, int length, Sender sender, DevicePlace place) {
        return examine(bytes, offset, length, sender, Kind.DEVICE_LINE, null, place);
    }

    private Examination examine(
            byte[] bytes,
            int offset,
            int length,
            Sender sender,
            Kind kind,
            @Nullable String key,
            @Nullable DevicePlace place) {
        if (length > RecordLimits.MAX_RECORD_BYTES) {
            return refused(ProblemType.RECORD_TOO_LARGE, "It has " + length + " bytes.");
        }
        int size;
        try {
            size = canonicaliser.run(bytes, offset, length);
        } catch (JsonException e) {
            Problem problem =
                    Problem.of(ProblemType.MALFORMED_JSON, "At byte " + e.position() + ": " + e.reason() + ".");
            return new Examination.Refused(problem.withErrors(List.of(new FieldError(e.pointer(), e.reason()))));
        }
        byte[] canonical = canonicaliser.buffer();
        form.check(canonical, kind);

        String named = form.tenant();
        boolean foreign = named != null && !new TenantId(named).equals(sender.tenant());
        if (foreign || sender.named() == Sender.Named.ANOTHER) {
            return new Examination.Misdirected(Arrays.copyOf(canonical, size));
        }
        if (!form.isGood()) {
            List<FieldError> errors = form.errors();
            Problem problem = Problem.of(
                    ProblemType.SCHEMA,
                    errors.size() == 1 ? "One place is wrong." : errors.size() + " places are wrong.");
            return new Examination.Refused(problem.withErrors(errors));
        }
        if (named == null && sender.named() == Sender.Named.NOTHING) {
            return refused(ProblemType.MISSING_TENANT, "Neither the request nor the record names a tenant.");
        }
        if (size > RecordLimits.MAX_RECORD_BYTES) {
            return refused(ProblemType.RECORD_TOO_LARGE, "Its canonical form has " + size + " bytes.");
        }
        Problem denied = denied(sender, place);
        if (denied != null) {
            return new Examination.Refused(denied);
        }
        Optional<Exceeded> exceeded = quotas.takeRecord(sender.caller(), form.source(), size);
        if (exceeded.isPresent()) {
            return new Examination.PutOff(
                    Problem.of(ProblemType.QUOTA_EXCEEDED, exceeded.get().detail()),
                    exceeded.get().retryAfter());
        }
        Problem dangling = references.fault(canonical, form);
        if (dangling != null) {
            return new Examination.Refused(dangling);
        }
        return drafted(canonical, size, sender, key, place == null ? null : place.line(bytes, offset, length), place);
    }

    private @Nullable Problem denied(Sender sender, @Nullable DevicePlace place) {
        String source = form.source();
        String stream = form.stream();
        if (stream != null && stream.startsWith(SYSTEM_PREFIX)) {
            return Problem.of(ProblemType.RESERVED_STREAM, "The stream " + stream + " is reserved.")
                    .withErrors(List.of(new FieldError("/stream", "is reserved")));
        }
        if (source.equals(SourceId.STRONGROOM.value())) {
            return Problem.of(ProblemType.RESERVED_STREAM, "The source " + source + " is reserved.")
                    .withErrors(List.of(new FieldError("/source/id", "is reserved")));
        }
        if (!sender.caller().sources().contains(source)) {
            return Problem.of(ProblemType.SOURCE_NOT_ALLOWED, "The sender may not write for the source " + source + ".")
                    .withErrors(List.of(new FieldError("/source/id", "is none of the sender's sources")));
        }
        if (place != null && !place.stream().equals(streamOrDefault())) {
            return Problem.of(ProblemType.SCHEMA, "The line is of another stream than its batch.")
                    .withErrors(List.of(new FieldError("/stream", "must be " + place.stream())));
        }
        return null;
    }

    private String streamOrDefault() {
        String stream = form.stream();
        return stream != null ? stream : StreamName.DEFAULT.value();
    }

    private Examination drafted(
            byte[] canonical,
            int size,
            Sender sender,
            @Nullable String headerKey,
            @Nullable DeviceLine line,
            @Nullable DevicePlace place) {
        String source = form.source();
        String text = headerKey != null ? headerKey : form.key();
        Long sequence = form.sequence();
        @Nullable IdempotencyKey key;
        if (place != null) {
            key = null;
        } else if (text != null) {
            byte[] received = canonical;
            int length = size;
            if (form.has(Member.IDEMPOTENCY_KEY)) {
                received = completion.withoutKey(canonical, size, form);
                length = received.length;
            }
            key = keys.ofText(source, text, received, length);
        } else if (sequence != null) {
            key = keys.ofSequence(source, sequence, canonical, size);
        } else {
            return refused(
                    ProblemType.IDEMPOTENCY_REQUIRED, "The line has neither source.sequence nor idempotencyKey.");
        }
        Document document = new Document(
                completion.complete(canonical, size, form, sender.tenant()),
                streamOrDefault(),
                source,
                sequence,
                key,
                line);
        try {
            return new Examination.Accepted(records.draft(document));
        } catch (RecordRefusedException e) {
            return refused(ProblemType.POLICY_DENIED, "The policy does not let it in: " + e.getMessage() + ".");
        }
    }

    private static Examination refused(ProblemType type, String detail) {
        return new Examination.Refused(Problem.of(type, detail));
    }
}
