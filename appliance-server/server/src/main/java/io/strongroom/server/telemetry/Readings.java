package io.strongroom.server.telemetry;

import io.micronaut.http.HttpRequest;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.gateway.AccessRecords;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.privacy.SearchRights;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who reads the read models of telemetry: for whose eyes, and that it is recorded before they see the first byte. */
@Singleton
public final class Readings {
    private final AccessRecords records;
    private final SearchRights rights;
    private final InstantSource clock;

    Readings(AccessRecords records, SearchRights rights, InstantSource clock) {
        this.records = records;
        this.rights = rights;
        this.clock = clock;
    }

    /** Whoever makes the request. */
    public Reader reader(HttpRequest<?> request, Caller caller) {
        String purpose = request.getHeaders().get(Permissions.PURPOSE_HEADER, String.class, "");
        return Reader.of(caller, purpose, clock.instant());
    }

    /** What they may be told of values that stood in records in clear. */
    public FieldRights fields(Reader reader) {
        return new FieldRights(rights, reader);
    }

    /**
     * Where a value may not be looked for by the reader, so that what has it there is not found.
     *
     * @param fields where it may stand
     * @throws io.strongroom.server.problem.ProblemException {@code field-hidden} if that is so everywhere
     */
    public List<String> unsearched(Reader reader, String parameter, List<String> fields, String value) {
        List<String> unsearched = fields.stream()
                .filter(field -> !rights.of(
                                reader, Optional.empty(), JsonPointer.parse(field), SearchRights.text(value))
                        .isSearchable())
                .toList();
        if (unsearched.size() == fields.size()) {
            var unused = rights.requireSearchable(
                    reader,
                    Optional.empty(),
                    "The parameter " + parameter,
                    JsonPointer.parse(fields.getFirst()),
                    SearchRights.text(value));
        }
        return unsearched;
    }

    /**
     * Records that something was read; returns once that is durable.
     *
     * @param action e.g. {@code Inventory.Read}
     * @param resource what was read, without personal data
     * @param items how many were shown
     */
    public void read(HttpRequest<?> request, Caller caller, Reader reader, String action, String resource, long items) {
        records.read(
                caller,
                RequestFacts.view(request),
                new Reading(action, "Telemetry", resource, Map.of("items", items)).by(reader));
    }
}
