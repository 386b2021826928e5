package io.strongroom.server.query;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.QueryPage.Unsearched;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.policies.Operations;
import io.strongroom.policies.Policy;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Permissions;
import io.strongroom.server.access.Scope;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.gateway.AccessRecords;
import io.strongroom.server.gateway.AccessRecords.Reading;
import io.strongroom.server.gateway.RequestFacts;
import io.strongroom.server.keys.InstallationSecrets;
import io.strongroom.server.ledger.RecordLookup;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.JsonBody;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.projection.Facet;
import io.strongroom.server.projection.FacetCount;
import io.strongroom.server.projection.Field;
import io.strongroom.server.projection.PlanStatement;
import io.strongroom.server.projection.Projector;
import io.strongroom.server.projection.Timeline;
import io.strongroom.server.projection.TimelineQuery;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;

/**
 * {@code /api/v1/query}: records, facets, plans. Who reads records is written down, durably, before the first byte of the
 * answer.
 */
@Controller("/api/v1/query")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople(Operations.READ_RECORDS)
final class QueryController {
    private static final int FACET_VALUES = 20;
    private static final int MAX_FACET_VALUES = 100;

    private final RecordSearch search;
    private final FacetSearch facets;
    private final QuestionRights rights;
    private final Timeline timeline;
    private final Projector projector;
    private final RecordLookup lookup;
    private final AccessRecords access;
    private final Policy policy;
    private final InstantSource clock;
    private final Cursors cursors;

    QueryController(
            RecordSearch search,
            FacetSearch facets,
            QuestionRights rights,
            Timeline timeline,
            Projector projector,
            RecordLookup lookup,
            AccessRecords access,
            Policy policy,
            InstallationSecrets secrets,
            InstantSource clock) {
        this.search = search;
        this.facets = facets;
        this.rights = rights;
        this.timeline = timeline;
        this.projector = projector;
        this.lookup = lookup;
        this.access = access;
        this.policy = policy;
        this.clock = clock;
        this.cursors = new Cursors(secrets.cursorKey(), clock);
    }

    @Get("/records")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> records(HttpRequest<?> request, Caller caller) {
        Reader reader = reader(request, caller);
        QuestionRights.Admitted admitted = rights.admit(reader, QuestionParser.parse(QueryParameters.of(request)));
        Question question = admitted.question();
        Cursors.Binding binding = new Cursors.Binding(
                caller.id(),
                question.fingerprint() + purpose(request),
                policy.bundle().digest().toString());
        String given = question.cursor();
        Cursor cursor = given == null ? null : cursors.check(given, binding);
        // Taken before the search, so that it never says more than the search could see.
        FollowerStatus status = projector.status();
        RecordPage page = search.page(reader, question, cursor);
        String next = page.next() == null ? null : cursors.sign(page.next(), page.upperSeq(), binding);
        byte[] answer = PageWriter.page(page, next, status, admitted.unsearched());
        access.read(
                caller,
                RequestFacts.view(request),
                new Reading("Records.Queried", "Query", "records", asked(question, page)).by(reader));
        return fresh(HttpResponse.ok(answer), status);
    }

    @Get("/records/{recordId}")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> record(HttpRequest<?> request, @PathVariable String recordId, Caller caller) {
        FollowerStatus status = projector.status();
        RecordId id = QuestionParser.recordId("recordId", recordId);
        OptionalLong seq = lookup.seqOf(id);
        Reader reader = reader(request, caller);
        ShownRecord shown =
                seq.isEmpty() ? null : search.record(reader, seq.getAsLong()).orElse(null);
        if (shown == null) {
            throw new ProblemException(ProblemType.NOT_FOUND, "No record has this id.");
        }
        access.read(
                caller,
                RequestFacts.view(request),
                new Reading("Record.Read", "Record", id.toString(), Map.of("seq", seq.getAsLong())).by(reader));
        return fresh(HttpResponse.ok(PageWriter.record(shown)), status);
    }

    @Get("/facets")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> facets(HttpRequest<?> request, Caller caller) {
        Map<String, List<String>> parameters = QueryParameters.of(request);
        boolean asked = parameters.containsKey(QueryParameters.FIELDS);
        Set<Field> named = QueryParameters.facets(parameters);
        int values = QueryParameters.number(parameters, "limit", FACET_VALUES, MAX_FACET_VALUES);
        Reader reader = reader(request, caller);
        QuestionRights.Admitted admitted = rights.admit(reader, QuestionParser.parse(parameters));
        Question question = admitted.question();
        Set<Field> fields = rights.countable(reader, question, named, asked);
        FollowerStatus status = projector.status();
        FacetSearch.Answer answer = facets.count(reader, question, fields, values);
        access.read(
                caller,
                RequestFacts.view(request),
                new Reading("Facets.Queried", "Query", "facets", Map.of("filters", question.filterNames())).by(reader));
        return fresh(
                HttpResponse.ok(facetJson(answer, admitted.unsearched(), status).bytes()), status);
    }

    /** The names of filters, never their values; but for a stream that there is, which the ledger names anyway. */
    private static Map<String, Object> asked(Question question, RecordPage page) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("filters", question.filterNames());
        attributes.put("records", (long) page.records().size());
        attributes.put("upperSeq", page.upperSeq());
        SortedSet<String> stream = question.filters().get(Field.STREAM.parameter());
        if (stream != null && !page.records().isEmpty()) {
            attributes.put("stream", stream.getFirst());
        }
        return attributes;
    }

    private static Json.Obj facetJson(FacetSearch.Answer answer, List<Unsearched> unsearched, FollowerStatus status) {
        List<Json> each = new ArrayList<>();
        for (Facet facet : answer.facets()) {
            List<Json> values = new ArrayList<>();
            for (FacetCount count : facet.values()) {
                values.add(Json.object()
                        .put("value", count.value())
                        .put("records", count.records())
                        .build());
            }
            each.add(Json.object()
                    .put("field", facet.field().parameter())
                    .put("values", new Json.Arr(values))
                    .put("others", facet.others())
                    .build());
        }
        Json.Builder json = Json.object()
                .put("facets", new Json.Arr(each))
                .put("counted", answer.counted().name().toLowerCase(Locale.ROOT));
        if (answer.sampled() >= 0) {
            json.put("sampled", answer.sampled());
        }
        if (!answer.reason().isEmpty()) {
            json.put("reason", answer.reason());
        }
        if (!unsearched.isEmpty()) {
            json.put("unsearched", PageWriter.unsearched(unsearched));
        }
        Long from = answer.from();
        Long to = answer.to();
        if (from != null && to != null) {
            json.put("from", FacetSearch.time(from)).put("to", FacetSearch.time(to));
        }
        return json.putAll(PageWriter.freshness(status).build()).build();
    }

    /** Shows how a question would be answered. Reads no record, so nothing is written down. */
    @Post("/plan")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> plan(HttpRequest<?> request, @Body byte[] body, Caller caller) {
        QuestionRights.Admitted admitted =
                rights.admit(reader(request, caller), QuestionParser.parse(parameters(body)));
        Question question = admitted.question();
        // Without the keyed hashes of what is kept apart: they are nobody's to see.
        TimelineQuery query = search.bounded(question, search.read(timeline::endSeq))
                .having(question.query().conditions(), question.query().words());
        List<PlanStatement> statements = search.read(connection -> timeline.plan(connection, query));
        List<Json> each = new ArrayList<>();
        for (PlanStatement statement : statements) {
            each.add(Json.object()
                    .put("purpose", statement.purpose())
                    .put("sql", statement.sql())
                    .putTexts("parameters", statement.parameters())
                    .putTexts("explain", statement.explain())
                    .build());
        }
        Json.Obj answer = Json.object()
                .putTexts("filters", question.filterNames())
                .put("sort", query.order().parameter())
                .put("tenantPredicate", "tenant_id = ?")
                .put("unsearched", PageWriter.unsearched(admitted.unsearched()))
                .put("statements", new Json.Arr(each))
                .put(
                        "then",
                        "each record is taken from the ledger by its seq, compared with the filters, left out if it has a"
                                + " value of a not. filter, and shown as far as the reader may see it")
                .build();
        return HttpResponse.ok(answer.bytes());
    }

    private Reader reader(HttpRequest<?> request, Caller caller) {
        return Reader.of(caller, purpose(request), clock.instant());
    }

    private static String purpose(HttpRequest<?> request) {
        return request.getHeaders().get(Permissions.PURPOSE_HEADER, String.class, "");
    }

    private static Map<String, List<String>> parameters(byte[] body) {
        try {
            return QueryParameters.of(Json.parseObject(body));
        } catch (JsonException e) {
            throw JsonBody.malformed(e);
        } catch (JsonShapeException e) {
            throw JsonBody.shape(e);
        }
    }

    private static HttpResponse<byte[]> fresh(MutableHttpResponse<byte[]> response, FollowerStatus status) {
        response.header("X-Watermark", Long.toString(status.cursor()));
        response.header("X-Lag", Long.toString(status.lagMillis()));
        if (status.rebuilding()) {
            response.header("X-Rebuilding", "true");
        }
        return response;
    }
}
