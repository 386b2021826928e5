package io.strongroom.server.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.ObjectReference;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.access.Scope;
import io.strongroom.server.gateway.AccessRecords;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.ledger.RecordLookup;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.spool.ByteRange;
import io.strongroom.server.spool.LimitedStream;
import io.strongroom.server.uploads.UploadedObject;
import io.strongroom.server.uploads.UploadedObjects;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/audit/objects/{digest}?record=…}: a value that was too large for a record. A reader names the record
 * that led to it, and gets it if the reference in that record is one that may be shown to that reader: who may see a value
 * is said where it is referred to.
 */
@Controller("/api/v1/audit/objects")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("records.read")
final class ObjectController {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectController.class);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final RecordSearch search;
    private final RecordLookup lookup;
    private final UploadedObjects objects;
    private final AccessRecords access;
    private final InstantSource clock;

    ObjectController(
            RecordSearch search,
            RecordLookup lookup,
            UploadedObjects objects,
            AccessRecords access,
            InstantSource clock) {
        this.clock = clock;
        this.search = search;
        this.lookup = lookup;
        this.objects = objects;
        this.access = access;
    }

    @Get("/{digest}")
    @Produces(MediaType.ALL)
    HttpResponse<StreamedFile> read(
            HttpRequest<?> request, @PathVariable String digest, @QueryValue("record") String record, Caller caller) {
        Digest named = digest(digest);
        RecordId id = QuestionParser.recordId("record", record);
        OptionalLong seq = lookup.seqOf(id);
        Reader reader = reader(request, caller);
        if (seq.isEmpty() || !refers(reader, seq.getAsLong(), named)) {
            throw new ProblemException(ProblemType.NOT_FOUND, "That record refers to no such object that you may see.");
        }
        UploadedObject object = objects.find(named)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "The object has been erased."));
        String tag = '"' + named.hex() + '"';
        Optional<ByteRange> piece = ByteRange.of(
                request.getHeaders().get("Range"), request.getHeaders().get("If-Range"), tag, object.bytes());
        ByteRange given = piece.orElse(new ByteRange(0, object.bytes()));
        // The record is named, not the digest: nothing that stays for ever may confirm what an erased object was.
        access.read(
                caller,
                RequestFacts.view(request),
                new Reading(
                                "Object.Read",
                                "Record",
                                id.toString(),
                                Map.of("seq", seq.getAsLong(), "bytes", object.bytes()))
                        .by(reader));
        MutableHttpResponse<StreamedFile> response = HttpResponse.<StreamedFile>status(
                        piece.isPresent() ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"" + named.hex() + "\"")
                .header("ETag", tag)
                .body(new StreamedFile(
                        new LimitedStream(open(object, given.from()), given.to() - given.from()),
                        MediaType.APPLICATION_OCTET_STREAM_TYPE,
                        id.epochMillis(),
                        given.to() - given.from()));
        piece.ifPresent(range -> response.header("Content-Range", range.header(object.bytes())));
        return response;
    }

    private Reader reader(HttpRequest<?> request, Caller caller) {
        return Reader.of(
                caller, request.getHeaders().get(Permissions.PURPOSE_HEADER, String.class, ""), clock.instant());
    }

    private static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw QuestionParser.invalid("digest", "is sha256: and 64 lower-case hex digits");
        }
    }

    private boolean refers(Reader reader, long seq, Digest object) {
        byte[] record = search.record(reader, seq).map(ShownRecord::record).orElse(null);
        if (record == null || !ObjectReference.any(record, 0, record.length)) {
            return false;
        }
        boolean[] found = {false};
        ObjectReference.each(
                new JsonSlice(record, 0, record.length),
                JsonPointer.parse(""),
                (place, reference) -> found[0] |= ObjectReference.find(reference)
                        .filter(one -> one.digest().equals(object))
                        .isPresent());
        return found[0];
    }

    private static InputStream open(UploadedObject object, long from) {
        try {
            return object.content().from(from);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("an uploaded object is lost", e);
        } catch (IOException e) {
            LOG.warn("An uploaded object cannot be read", e);
            throw new ProblemException(ProblemType.STORAGE_UNAVAILABLE, "The object store does not answer.", e)
                    .retryAfter(LATER);
        }
    }
}
