package io.strongroom.api.client;

import io.strongroom.api.Page;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Deployment;
import io.strongroom.api.telemetry.DeploymentFilter;
import io.strongroom.api.telemetry.DeviceScore;
import io.strongroom.api.telemetry.DeviceSession;
import io.strongroom.api.telemetry.DeviceUser;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.FleetFilter;
import io.strongroom.api.telemetry.HealthSeries;
import io.strongroom.api.telemetry.InstalledSoftware;
import io.strongroom.api.telemetry.Measure;
import io.strongroom.api.telemetry.SoftwareChange;
import io.strongroom.api.telemetry.SoftwareHolder;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What devices told of themselves, as far as the caller may see it. Needs the operation {@code devices.read}, and who uses a
 * device {@code records.read}. A page begins where the one before said; {@code after} is null for the first, and a limit is
 * from 1 to 500.
 */
public final class Telemetry {
    private static final String PATH = "/api/v1/telemetry";
    private static final String DEVICES = PATH + "/devices";

    private final Transport transport;

    Telemetry(Transport transport) {
        this.transport = transport;
    }

    /** The devices, in the order of their ids. */
    public Page<FleetDevice> devices(FleetFilter filter, @Nullable String after, int limit) {
        return page(
                DEVICES,
                paged(after, limit)
                        .put("state", filter.state())
                        .put("group", filter.group())
                        .put("silentSince", filter.silentSince()),
                FleetDevice::fromJson);
    }

    /** All that is known of one device. */
    public FleetDevice device(String id) {
        return FleetDevice.fromJson(transport.getJson(of(id, "")));
    }

    /** The newest value of everything that it measures. */
    public Page<Measure> measures(String device) {
        return page(of(device, "/health"), new Parameters(), Measure::fromJson);
    }

    /**
     * How one measure went.
     *
     * @param metric as {@link #measures} names it
     * @param from RFC 3339; null for the appliance's own choice
     * @param to RFC 3339; null for now
     * @param points at most so many
     */
    public HealthSeries series(String device, String metric, @Nullable String from, @Nullable String to, int points) {
        Parameters asked = new Parameters()
                .put("metric", metric)
                .put("from", from)
                .put("to", to)
                .put("points", points);
        return HealthSeries.fromJson(transport.getJson(of(device, "/health/series") + asked));
    }

    /** Its score and what it is made of. */
    public DeviceScore score(String device) {
        return DeviceScore.fromJson(transport.getJson(of(device, "/score")));
    }

    /** The packages of a device, in the order of their URLs. */
    public Page<InstalledSoftware> software(String device, @Nullable String after, int limit) {
        return page(of(device, "/software"), paged(after, limit), InstalledSoftware::fromJson);
    }

    /**
     * What came to a device and went, in the order in which it was told.
     *
     * @param since RFC 3339; null for all
     */
    public Page<SoftwareChange> softwareChanges(
            String device, @Nullable String since, @Nullable String after, int limit) {
        return page(of(device, "/software/changes"), paged(after, limit).put("since", since), SoftwareChange::fromJson);
    }

    /**
     * The devices that have a package.
     *
     * @param purl its URL without a version
     * @param version this one only; null for any
     * @param below only versions below this one; null for any
     * @param from only versions from this one on; null for any
     */
    public Page<SoftwareHolder> having(
            String purl,
            @Nullable String version,
            @Nullable String below,
            @Nullable String from,
            @Nullable String after,
            int limit) {
        return page(
                PATH + "/software",
                paged(after, limit)
                        .put("package", purl)
                        .put("version", version)
                        .put("below", below)
                        .put("from", from),
                SoftwareHolder::fromJson);
    }

    /** The users of a device; whoever was seen last comes first. */
    public Page<DeviceUser> users(String device) {
        return page(of(device, "/users"), new Parameters(), DeviceUser::fromJson);
    }

    /** The sessions on a device, the newest first. */
    public Page<DeviceSession> sessions(String device, @Nullable String after, int limit) {
        return page(of(device, "/sessions"), paged(after, limit), DeviceSession::fromJson);
    }

    /** The devices of the user of that name. */
    public Page<DeviceUser> devicesOf(String userName) {
        return page(PATH + "/users/devices", new Parameters().put("name", userName), DeviceUser::fromJson);
    }

    /** Deployment jobs, those first that were told of last. */
    public Page<Deployment> deployments(DeploymentFilter filter, @Nullable String after, int limit) {
        return page(
                PATH + "/deployments",
                paged(after, limit)
                        .put("device", filter.device())
                        .put("job", filter.job())
                        .put("package", filter.product())
                        .put("state", filter.state()),
                Deployment::fromJson);
    }

    /**
     * How many deployment jobs stand how.
     *
     * @param from RFC 3339; null for all before {@code to}
     * @param to RFC 3339; null for all since {@code from}
     */
    public Map<String, Long> deploymentOutcomes(@Nullable String from, @Nullable String to) {
        Json.Obj outcomes = transport
                .getJson(PATH + "/deployments/outcomes"
                        + new Parameters().put("from", from).put("to", to))
                .object("outcomes");
        Map<String, Long> counts = new TreeMap<>();
        outcomes.members().keySet().forEach(state -> counts.put(state, outcomes.integer(state)));
        return counts;
    }

    private static Parameters paged(@Nullable String after, int limit) {
        return new Parameters().put("after", after).put("limit", limit);
    }

    private <T> Page<T> page(String path, Parameters asked, Function<Json.Obj, T> item) {
        return Page.fromJson(transport.getJson(path + asked), item);
    }

    private static String of(String device, String rest) {
        return DEVICES + "/" + Paths.segment(device) + rest;
    }
}
