package io.strongroom.server.telemetry.inventory;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.strongroom.api.ProblemType;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.server.access.Allow;
import io.strongroom.server.access.AllowPeople;
import io.strongroom.server.access.Caller;
import io.strongroom.server.access.Scope;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.follow.FollowerStatus;
import io.strongroom.server.privacy.Reader;
import io.strongroom.server.problem.ProblemException;
import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.FieldRights;
import io.strongroom.server.telemetry.Follower;
import io.strongroom.server.telemetry.Readings;
import io.strongroom.server.telemetry.inventory.SoftwareQueries.Change;
import io.strongroom.server.telemetry.inventory.SoftwareQueries.OnDevice;
import io.strongroom.server.telemetry.inventory.SoftwareQueries.Package;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /api/v1/telemetry/…/software}: what software is on which device, and what changed. Shown to whom the policy in force
 * shows lists of packages.
 */
@Controller("/api/v1/telemetry")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allow(Scope.READ)
@AllowPeople("devices.read")
final class SoftwareController {
    /** Where the agent lists packages; plain telemetry may do so elsewhere. */
    private static final String STREAM = "inventory.software";

    private static final String POINTER = "/attributes/packages";
    private static final Json A_LIST = new Json.Arr(List.of());

    private final Database database;
    private final KnownDevices devices;
    private final Follower follower;
    private final Readings readings;

    SoftwareController(Database database, KnownDevices devices, Follower follower, Readings readings) {
        this.database = database;
        this.devices = devices;
        this.follower = follower;
        this.readings = readings;
    }

    /** The packages of a device, in the order of their URLs. */
    @Get("/devices/{id}/software")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> ofDevice(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked asked = Asked.of(request);
        devices.require(id);
        Reader reader = readings.reader(request, caller);
        database.read(connection -> Optional.ofNullable(SoftwareTable.list(connection, id)))
                .ifPresent(list -> requireShown(reader, list.stream(), list.pointer()));
        FollowerStatus status = follower.status();
        List<OnDevice> page =
                database.read(connection -> SoftwareQueries.ofDevice(connection, id, asked.after(), asked.limit() + 1));
        return answer(
                request,
                caller,
                reader,
                "Software.Listed",
                id,
                page,
                asked.limit(),
                status,
                each -> each.software().purl(),
                each -> wire(each.software())
                        .put("status", each.status().isEmpty() ? null : each.status())
                        .put("since", Rfc3339.format(each.sinceAt()))
                        .put("seq", each.sinceSeq())
                        .build());
    }

    /** What was added to a device, and removed from it, in the order in which the ledger took it in. */
    @Get("/devices/{id}/software/changes")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> changes(HttpRequest<?> request, Caller caller, @PathVariable String id) {
        Asked asked = Asked.of(request, "since");
        devices.require(id);
        Reader reader = readings.reader(request, caller);
        database.read(connection -> Optional.ofNullable(SoftwareTable.list(connection, id)))
                .ifPresent(list -> requireShown(reader, list.stream(), list.pointer()));
        FollowerStatus status = follower.status();
        long since = asked.time("since").orElse(Rfc3339.MIN_EPOCH_MILLIS);
        SoftwareQueries.Place after = SoftwareQueries.Place.of(asked.after());
        List<Change> page =
                database.read(connection -> SoftwareQueries.changes(connection, id, since, after, asked.limit() + 1));
        return answer(
                request,
                caller,
                reader,
                "Software.ChangesListed",
                id,
                page,
                asked.limit(),
                status,
                each -> each.place().toString(),
                each -> wire(each.software())
                        .put("change", each.change())
                        .put("occurredAt", Rfc3339.format(each.occurredAt()))
                        .put("seq", each.place().seq())
                        .build());
    }

    /** The devices that have a package, of any version or of some. */
    @Get("/software")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> having(HttpRequest<?> request, Caller caller) {
        Asked asked = Asked.of(request, "package", "version", "below", "from");
        Purl wanted = asked.text("package")
                .flatMap(Purl::of)
                .filter(purl -> purl.version().isEmpty())
                .orElseThrow(() -> Asked.invalid(
                        "The parameter package is a package URL without a version, such as pkg:deb/debian/openssl."));
        Reader reader = readings.reader(request, caller);
        requireShown(reader, STREAM, POINTER);
        FieldRights rights = readings.fields(reader);
        FollowerStatus status = follower.status();
        Versions order = Versions.of(wanted.type());
        Optional<String> version = asked.text("version");
        Optional<String> below = asked.text("below");
        Optional<String> from = asked.text("from");
        List<SoftwareQueries.Having> page = database.read(connection -> {
            List<Package> fitting = SoftwareQueries.named(connection, wanted.name()).stream()
                    .filter(each -> version.isEmpty() || order.compare(each.version(), version.get()) == 0)
                    .filter(each -> below.isEmpty() || order.compare(each.version(), below.get()) < 0)
                    .filter(each -> from.isEmpty() || order.compare(each.version(), from.get()) >= 0)
                    .toList();
            return SoftwareQueries.having(connection, fitting, asked.after(), asked.limit() + 1);
        });
        return answer(
                request,
                caller,
                reader,
                "Software.Searched",
                "devices",
                page,
                asked.limit(),
                status,
                each -> each.device() + ' ' + each.software().id(),
                each -> having(each, rights));
    }

    private void requireShown(Reader reader, String stream, String pointer) {
        readings.fields(reader).withheld(stream, pointer, A_LIST).ifPresent(reason -> {
            throw new ProblemException(
                    ProblemType.FIELD_HIDDEN,
                    "The policy in force does not show you " + pointer + " in the stream " + stream + ": " + reason
                            + ".");
        });
    }

    /** A device that has the package; or only that it is one of them, where policy does not show the reader its list. */
    private static Json having(SoftwareQueries.Having having, FieldRights rights) {
        return rights.withheld(having.stream(), having.pointer(), A_LIST)
                .map(reason -> Json.object().put("withheld", reason).build())
                .orElseGet(() -> wire(having.software())
                        .put("device", having.device())
                        .put("since", Rfc3339.format(having.sinceAt()))
                        .build());
    }

    private static Json.Builder wire(Package software) {
        return Json.object()
                .put("purl", software.purl())
                .put("version", software.version().isEmpty() ? null : software.version());
    }

    /** @param page one item more than is shown, where there are more */
    private <T> HttpResponse<byte[]> answer(
            HttpRequest<?> request,
            Caller caller,
            Reader reader,
            String action,
            String resource,
            List<T> page,
            int limit,
            FollowerStatus status,
            Function<T, String> place,
            Function<T, Json> wire) {
        List<T> shown = page.subList(0, Math.min(limit, page.size()));
        String next = page.size() > limit ? place.apply(shown.getLast()) : "";
        readings.read(request, caller, reader, action, resource, shown.size());
        return HttpResponse.ok(Asked.page(shown.stream().map(wire).toList(), next, status));
    }
}
