package io.strongroom.console.incidents;

import io.strongroom.api.Page;
import io.strongroom.api.QueryItem;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.FleetFilter;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.work.Asked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** The incidents, which of them are listed, the chosen one, and what can be done about it. */
final class IncidentsViewModel {
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 4;
    private static final int LOOKS = 20;
    private static final int BETWEEN_LOOKS_MILLIS = 250;

    /** Which incidents are listed. */
    enum Shown {
        ACTIVE("open", "acknowledged"),
        OPEN("open"),
        ACKNOWLEDGED("acknowledged"),
        CLOSED("closed"),
        ALL("open", "acknowledged", "closed");

        private final List<String> states;

        Shown(String... states) {
            this.states = List.of(states);
        }

        List<String> states() {
            return states;
        }
    }

    /**
     * The incidents that were asked for, the gravest first.
     *
     * @param cut whether there are more
     * @param labels what devices are called, by their ids; empty where the officer may not know
     */
    record Found(List<Incident> incidents, boolean cut, Map<String, String> labels) {}

    private final Desk desk;
    private final Deeds deeds;
    private final Asked<Found> found;
    private final Asked<Incident> incident;
    private final ObjectProperty<Shown> shown = new SimpleObjectProperty<>(Shown.ACTIVE);
    private final ObjectProperty<@Nullable String> severity = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable String> device = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable String> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyIntegerWrapper open = new ReadOnlyIntegerWrapper();

    IncidentsViewModel(Desk desk, Deeds deeds) {
        this.desk = desk;
        this.deeds = deeds;
        found = desk.connection().asked();
        incident = desk.connection().asked();
        found.state().subscribe(now -> {
            Found value = now.value();
            if (value != null && device.get() == null && severity.get() == null && shown.get() != Shown.CLOSED) {
                open.set((int) value.incidents().stream()
                        .filter(each -> each.state().equals("open"))
                        .count());
            }
        });
        shown.addListener((at, was, is) -> list());
        severity.addListener((at, was, is) -> list());
        device.addListener((at, was, is) -> list());
        chosen.addListener((at, was, is) -> choose(is));
    }

    Asked<Found> found() {
        return found;
    }

    Asked<Incident> incident() {
        return incident;
    }

    ObjectProperty<Shown> shown() {
        return shown;
    }

    /** Only those of this severity; null for all. */
    ObjectProperty<@Nullable String> severity() {
        return severity;
    }

    /** Only those of this device; null for all. */
    ObjectProperty<@Nullable String> device() {
        return device;
    }

    /** The id of the incident that is shown; null for none. */
    ObjectProperty<@Nullable String> chosen() {
        return chosen;
    }

    /** How many nobody looks after yet. */
    ReadOnlyIntegerProperty open() {
        return open.getReadOnlyProperty();
    }

    void refresh() {
        list();
        String id = chosen.get();
        if (id != null) {
            incident.again(progress ->
                    desk.connection().call(client -> client.incidents().one(id)));
        }
    }

    private void list() {
        Shown states = shown.get();
        IncidentFilter filter = new IncidentFilter(device.get(), null, severity.get(), null);
        found.again(progress -> desk.connection().call(client -> read(client, filter, states)));
    }

    private static Found read(StrongroomClient client, IncidentFilter filter, Shown states) {
        List<Incident> all = new ArrayList<>();
        boolean cut = false;
        for (String state : states.states()) {
            @Nullable String after = null;
            int pages = 0;
            do {
                Page<Incident> page = client.incidents().list(filter.in(state), after, PAGE);
                all.addAll(page.items());
                after = page.next();
            } while (after != null && ++pages < MOST_PAGES);
            cut |= after != null;
        }
        all.sort(Comparator.comparing(Incident::severity)
                .thenComparing(Comparator.comparing(Incident::openedAt).reversed()));
        return new Found(List.copyOf(all), cut, labels(client, all));
    }

    private static Map<String, String> labels(StrongroomClient client, List<Incident> incidents) {
        Map<String, String> labels = new HashMap<>();
        if (incidents.isEmpty()) {
            return labels;
        }
        try {
            @Nullable String after = null;
            do {
                Page<FleetDevice> page = client.telemetry().devices(FleetFilter.ALL, after, PAGE);
                page.items().forEach(each -> labels.put(each.device(), each.label()));
                after = page.next();
            } while (after != null);
        } catch (StrongroomException.Forbidden e) {
            // Their ids stand in the incidents; that is what this officer may know.
        }
        return labels;
    }

    private void choose(@Nullable String id) {
        if (id == null) {
            incident.clear();
            return;
        }
        Found listed = found.state().get().value();
        if (listed != null) {
            listed.incidents().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .ifPresent(incident::put);
        }
        incident.again(
                progress -> desk.connection().call(client -> client.incidents().one(id)));
    }

    /** What the device is called, as far as that is known. */
    String label(String deviceId) {
        Found listed = found.state().get().value();
        return listed == null ? deviceId : listed.labels().getOrDefault(deviceId, deviceId);
    }

    void acknowledge(Incident which) {
        change(which, "incidents.not.acknowledged", client -> client.incidents().acknowledge(which.id()));
    }

    /** @param because fixed, false-alarm or accepted */
    void close(Incident which, String because) {
        change(which, "incidents.not.closed", client -> client.incidents().close(which.id(), because));
    }

    private void change(Incident which, String failed, Function<StrongroomClient, Long> deed) {
        deeds.run(
                desk.texts().bundle().getString(failed),
                client -> {
                    long seq = deed.apply(client);
                    return new Changed(seq, settled(client, which));
                },
                changed -> {
                    incident.put(changed.now());
                    list();
                    desk.dialogs()
                            .told(desk.texts()
                                    .get("incidents.recorded", desk.texts().number(changed.seq())));
                });
    }

    private record Changed(long seq, Incident now) {}

    /** The ledger has it; the incident shows it once the read model has followed. */
    private static Incident settled(StrongroomClient client, Incident before) {
        Incident now = client.incidents().one(before.id());
        for (int look = 0; look < LOOKS && now.state().equals(before.state()); look++) {
            try {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return now;
            }
            now = client.incidents().one(before.id());
        }
        return now;
    }

    /** Opens the record at this place of the ledger in the explorer. */
    void open(long seq) {
        deeds.run(desk.texts().get("incidents.not.opened"), client -> ids(client, List.of(seq)), ids -> {
            if (ids.isEmpty()) {
                desk.dialogs()
                        .told(desk.texts()
                                .get("incidents.record.hidden", desk.texts().number(seq)));
            } else {
                desk.navigator().go(new Spot("explorer", "record:" + ids.getFirst()));
            }
        });
    }

    /** Begins a pack of the records that show an incident and of those that the appliance made of it. */
    void intoPack(Incident which) {
        Set<Long> places = new LinkedHashSet<>(which.records());
        if (which.recorded() != null) {
            places.add(which.recorded());
        }
        deeds.run(desk.texts().get("incidents.not.opened"), client -> ids(client, List.copyOf(places)), ids -> {
            if (ids.isEmpty()) {
                desk.dialogs().told(desk.texts().get("incidents.records.hidden"));
            } else {
                desk.navigator().go(Spot.packOf(ids));
            }
        });
    }

    private static List<String> ids(StrongroomClient client, List<Long> places) {
        List<String> ids = new ArrayList<>();
        for (long place : places) {
            String at = Long.toString(place);
            client.records().query(RecordQuery.ALL.with("fromSeq", at).with("toSeq", at)).items().stream()
                    .map(QueryItem::recordId)
                    .forEach(ids::add);
        }
        return ids;
    }

    void toDevice(Incident which) {
        desk.navigator().go(new Spot("devices", which.device()));
    }
}
