package io.strongroom.console.devices;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.Device;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.Page;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.telemetry.Deployment;
import io.strongroom.api.telemetry.DeploymentFilter;
import io.strongroom.api.telemetry.DeviceScore;
import io.strongroom.api.telemetry.DeviceSession;
import io.strongroom.api.telemetry.DeviceUser;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.InstalledSoftware;
import io.strongroom.api.telemetry.Measure;
import io.strongroom.api.telemetry.SoftwareChange;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** One device: what is known of it, a page at a time, and what can be done about it. */
final class DeviceViewModel {
    /** The pages of a device. */
    enum Part {
        ABOUT,
        HEALTH,
        SOFTWARE,
        USE,
        DEPLOYMENTS,
        RECORDS,
        COMMANDS
    }

    /** What was decided about it, what it told, and its score. */
    record About(Device device, FleetDevice told, DeviceScore score) {}

    /**
     * How it went.
     *
     * @param from where the charts begin
     * @param newest the newest of each measure, also of what has no curve
     */
    record Health(Span span, Instant from, Instant to, List<Measure> newest, List<Curve> curves) {}

    /** What is on it, and what came and went. */
    record Software(List<InstalledSoftware> installed, List<SoftwareChange> changes) {}

    /** Who uses it. */
    record Use(List<DeviceUser> users, List<DeviceSession> sessions) {}

    /**
     * What it sent lately, what came last first.
     *
     * @param cut whether there are more
     */
    record Batches(List<DeviceBatch> newest, boolean cut) {}

    /** How many charts a device has at most: of a server with many disks, those that matter most. */
    private static final int MOST_CURVES = 12;

    private static final int MOST = 500;

    /** More than the appliance counts at once are not asked for. */
    private static final int MOST_STREAMS = 100;

    private static final Duration ORDER_LIFE = Duration.ofDays(1);

    private final Desk desk;
    private final Deeds deeds;
    private final InstantSource clock;
    private final Runnable decided;
    private final ObjectProperty<@Nullable String> id = new SimpleObjectProperty<>();
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.ABOUT);
    private final ObjectProperty<Span> span = new SimpleObjectProperty<>(Span.DAY);
    private final Asked<About> about;
    private final Asked<Health> health;
    private final Asked<Software> software;
    private final Asked<Use> use;
    private final Asked<List<Deployment>> deployments;
    private final Asked<List<RecordFacets.Value>> streams;
    private final Asked<Batches> batches;
    private final Asked<List<AskedCommand>> commands;

    /** @param decided is told when a device stands otherwise than before */
    DeviceViewModel(Desk desk, Deeds deeds, InstantSource clock, Runnable decided) {
        this.desk = desk;
        this.deeds = deeds;
        this.clock = clock;
        this.decided = decided;
        about = desk.connection().asked();
        health = desk.connection().asked();
        software = desk.connection().asked();
        use = desk.connection().asked();
        deployments = desk.connection().asked();
        streams = desk.connection().asked();
        batches = desk.connection().asked();
        commands = desk.connection().asked();
        span.addListener((at, was, is) -> {
            if (part.get() == Part.HEALTH) {
                ask(Part.HEALTH);
            }
        });
    }

    /** Shows this device, on the page that was shown; null for none. */
    void show(@Nullable String device) {
        if (device != null && device.equals(id.get())) {
            return;
        }
        List.of(about, health, software, use, deployments, streams, batches, commands)
                .forEach(Asked::clear);
        id.set(device);
        refresh();
    }

    /** Shows another page. */
    void open(Part other) {
        part.set(other);
        ask(other);
    }

    /** Asks again for what is shown. */
    void refresh() {
        ask(Part.ABOUT);
        if (part.get() != Part.ABOUT) {
            ask(part.get());
        }
    }

    private void ask(Part wanted) {
        String device = id.get();
        if (device == null) {
            return;
        }
        switch (wanted) {
            case ABOUT -> ask(about, client -> about(client, device));
            case HEALTH -> {
                Span over = span.get();
                ask(health, client -> health(client, device, over));
            }
            case SOFTWARE -> ask(software, client -> software(client, device));
            case USE ->
                ask(
                        use,
                        client -> new Use(
                                client.telemetry().users(device).items(),
                                client.telemetry().sessions(device, null, MOST).items()));
            case DEPLOYMENTS ->
                ask(deployments, client -> client.telemetry()
                        .deployments(new DeploymentFilter(device, null, null, null), null, MOST)
                        .items());
            case RECORDS -> {
                ask(streams, client -> streams(client, device));
                ask(batches, client -> batches(client, device));
            }
            case COMMANDS -> ask(commands, client -> client.devices().commands(device));
        }
    }

    private <T> void ask(Asked<T> asked, Function<StrongroomClient, T> work) {
        asked.again(progress -> desk.connection().call(work));
    }

    private static About about(StrongroomClient client, String device) {
        return new About(
                client.devices().show(device),
                client.telemetry().device(device),
                client.telemetry().score(device));
    }

    private Health health(StrongroomClient client, String device, Span over) {
        List<Measure> newest = client.telemetry().measures(device).items().stream()
                .sorted(Comparator.comparingInt((Measure each) -> Metric.rank(each.metric()))
                        .thenComparing(Measure::metric))
                .toList();
        Instant to = clock.instant();
        Instant from = to.minus(over.length());
        List<Curve> curves = new ArrayList<>();
        for (Measure measure : newest) {
            if (measure.withheld() == null && curves.size() < MOST_CURVES) {
                curves.add(Curve.of(
                        measure.metric(),
                        client.telemetry()
                                .series(device, measure.metric(), from.toString(), to.toString(), over.points())));
            }
        }
        return new Health(over, from, to, newest, curves);
    }

    private static Software software(StrongroomClient client, String device) {
        return new Software(
                client.telemetry().software(device, null, MOST).items(),
                client.telemetry()
                        .softwareChanges(device, null, null, MOST)
                        .items()
                        .reversed());
    }

    /** The streams that it writes, and how many records there are of each, which is how far its sequences got. */
    private static List<RecordFacets.Value> streams(StrongroomClient client, String device) {
        return client
                .records()
                .facets(RecordQuery.ALL.source(device).with("fields", "stream").limit(MOST_STREAMS))
                .facets()
                .stream()
                .flatMap(facet -> facet.values().stream())
                .toList();
    }

    private static Batches batches(StrongroomClient client, String device) {
        List<DeviceBatch> newest = new ArrayList<>();
        @Nullable String after = null;
        do {
            Page<DeviceBatch> page = client.devices().batches(device, after);
            newest.addAll(page.items());
            after = page.next();
        } while (after != null && newest.size() < MOST);
        return new Batches(newest, after != null);
    }

    /** @param decision approve, refuse, lock, unlock or revoke */
    void decide(String decision) {
        String device = id.get();
        if (device == null) {
            return;
        }
        deeds.run(
                desk.texts().get("devices.not.decided"),
                client -> client.devices().decide(device, decision),
                now -> {
                    desk.dialogs().told(desk.texts().get("devices.decided", now.label(), now.state()));
                    refresh();
                    decided.run();
                });
    }

    /** Asks it to do something; what came of it is on the page of commands. */
    void order(DeviceOrder order) {
        String device = id.get();
        if (device == null) {
            return;
        }
        deeds.run(
                desk.texts().get("devices.not.ordered"),
                client -> client.devices().command(device, order, ORDER_LIFE),
                asked -> {
                    desk.dialogs().told(desk.texts().get("devices.ordered"));
                    ask(Part.COMMANDS);
                });
    }

    ObjectProperty<@Nullable String> id() {
        return id;
    }

    ObjectProperty<Part> part() {
        return part;
    }

    ObjectProperty<Span> span() {
        return span;
    }

    Asked<About> about() {
        return about;
    }

    Asked<Health> health() {
        return health;
    }

    Asked<Software> software() {
        return software;
    }

    Asked<Use> use() {
        return use;
    }

    Asked<List<Deployment>> deployments() {
        return deployments;
    }

    Asked<List<RecordFacets.Value>> streams() {
        return streams;
    }

    Asked<Batches> batches() {
        return batches;
    }

    Asked<List<AskedCommand>> commands() {
        return commands;
    }
}
