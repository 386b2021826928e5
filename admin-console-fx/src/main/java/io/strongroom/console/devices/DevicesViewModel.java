package io.strongroom.console.devices;

import io.strongroom.api.Page;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.FleetFilter;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Loaded;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import org.jspecify.annotations.Nullable;

/** The devices, which of them are listed, and which is chosen. */
final class DevicesViewModel {
    private static final int PAGE = 500;

    /**
     * One device of the list.
     *
     * @param standing as of when the list came
     */
    record Row(FleetDevice device, Standing standing) {
        String id() {
            return device.device();
        }
    }

    private final Desk desk;
    private final InstantSource clock;
    private final Asked<List<Row>> fleet;
    private final ObservableList<Row> all = FXCollections.observableArrayList();
    private final FilteredList<Row> listed = new FilteredList<>(all);
    private final ObservableList<String> groups = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper waiting = new ReadOnlyIntegerWrapper();
    private final ObjectProperty<@Nullable Standing> standing = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable String> group = new SimpleObjectProperty<>();
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<@Nullable String> chosen = new SimpleObjectProperty<>();

    DevicesViewModel(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
        this.fleet = desk.connection().asked();
        fleet.state().subscribe(this::came);
        standing.subscribe(changed -> filter());
        group.subscribe(changed -> filter());
        text.subscribe(changed -> filter());
    }

    ReadOnlyObjectProperty<Loaded<List<Row>>> state() {
        return fleet.state();
    }

    /** Those that fit the filters. */
    ObservableList<Row> listed() {
        return listed;
    }

    /** How many there are, whether they are listed or not. */
    int size() {
        return all.size();
    }

    /** How many of them stand so. */
    long count(Standing which) {
        return all.stream().filter(row -> row.standing() == which).count();
    }

    ObservableList<String> groups() {
        return groups;
    }

    /** For how many of them an officer has to decide something. */
    ReadOnlyIntegerProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /** Only those that stand so; null for all. */
    ObjectProperty<@Nullable Standing> standing() {
        return standing;
    }

    /** Only those of this group; null for all. */
    ObjectProperty<@Nullable String> group() {
        return group;
    }

    /** Only those in whose label, id, group or facts this stands. */
    StringProperty text() {
        return text;
    }

    /** The id of the device whose detail is shown; null for none. */
    ObjectProperty<@Nullable String> chosen() {
        return chosen;
    }

    void refresh() {
        fleet.again(progress -> desk.connection().call(this::read));
    }

    /** In short. */
    String when(Instant at) {
        return desk.times().brief(at, clock.instant());
    }

    /** As if the appliance had answered with these. */
    void put(List<FleetDevice> devices) {
        fleet.put(rows(devices));
    }

    private List<Row> read(StrongroomClient client) {
        List<FleetDevice> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            Page<FleetDevice> page = client.telemetry().devices(FleetFilter.ALL, after, PAGE);
            found.addAll(page.items());
            after = page.next();
        } while (after != null);
        return rows(found);
    }

    private List<Row> rows(List<FleetDevice> devices) {
        return devices.stream()
                .map(device -> new Row(device, Standing.of(device, clock.instant())))
                .toList();
    }

    private void came(Loaded<List<Row>> now) {
        List<Row> rows = now.value();
        if (rows == null) {
            return;
        }
        String kept = chosen.get();
        all.setAll(rows);
        groups.setAll(
                new TreeSet<>(rows.stream().map(row -> row.device().group()).toList()));
        waiting.set((int) rows.stream().filter(row -> row.standing().waits()).count());
        chosen.set(kept);
    }

    void clearFilters() {
        standing.set(null);
        group.set(null);
        text.set("");
    }

    private void filter() {
        String[] words = text.get().strip().toLowerCase(Locale.ROOT).split("\\s+");
        listed.setPredicate(row -> (standing.get() == null || standing.get() == row.standing())
                && (group.get() == null || row.device().group().equals(group.get()))
                && holds(row.device(), words));
    }

    private static boolean holds(FleetDevice device, String[] words) {
        StringBuilder all = new StringBuilder(device.label() + ' ' + device.device() + ' ' + device.group());
        device.facts().values().forEach(fact -> {
            if (fact.value() != null) {
                all.append(' ').append(fact.value());
            }
        });
        String haystack = all.toString().toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (!haystack.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
