package io.strongroom.server.telemetry.inventory;

import io.strongroom.api.json.Json;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import io.strongroom.server.telemetry.Expiry;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What software is on which device, by package URL, and what was added and removed. A device tells its software as a whole,
 * over several records that name the same list; what is on the list is there, and once all of it was told, what is not on it
 * is gone. The first list that a device ever tells is where its history begins, and no change.
 */
@Singleton
final class SoftwareView implements View {
    /** Parts of a list, at most. */
    static final int MOST_PARTS = 1_000;

    private final SoftwareTable table;
    private final long keptMillis;

    @Inject
    SoftwareView(Installation installation, Settings settings) {
        this(
                installation.tenant().value(),
                Duration.ofDays(settings.number(Setting.TELEMETRY_INVENTORY_DAYS, 1, 36_500)));
    }

    SoftwareView(String tenant, Duration kept) {
        this.table = new SoftwareTable(tenant);
        this.keptMillis = kept.toMillis();
    }

    @Override
    public String name() {
        return "software 3";
    }

    @Override
    public List<String> tables() {
        return List.of(
                "telemetry_software_change", "telemetry_software", "telemetry_software_list", "telemetry_package");
    }

    @Override
    public boolean reads(String stream, String action) {
        return Observation.isOfItself(stream, action);
    }

    @Override
    public void take(Connection connection, List<Observation> observations) throws SQLException {
        for (Observation each : observations) {
            if (reads(each.stream(), each.action()) && each.attributes().containsKey("packages")) {
                take(connection, each);
            }
        }
    }

    private void take(Connection connection, Observation told) throws SQLException {
        Map<String, Installed> packages = new LinkedHashMap<>();
        for (Json.Obj each : told.objects("packages")) {
            String status = each.members().get("status") instanceof Json.Text text ? text.value() : "";
            Purl.of(each.text("purl"))
                    .ifPresent(purl -> packages.putIfAbsent(purl.text(), new Installed(purl, status)));
        }
        SoftwareList before = SoftwareTable.list(connection, told.device());
        SoftwareList now = SoftwareList.after(before, told, packages.size());
        if (now.equals(before)) {
            // It told this before.
            return;
        }
        List<Installed> all = List.copyOf(packages.values());
        table.remember(connection, all);
        table.add(connection, told, now, all);
        if (now.isWhole()) {
            table.removeOthers(connection, told, now);
        }
        table.store(connection, told.device(), now);
    }

    /** A package as a device has it. */
    record Installed(Purl purl, String status) {}

    @Override
    public boolean expire(Connection connection, long now, int most) throws SQLException {
        return Expiry.delete(connection, "telemetry_software_change", "recorded_at", now - keptMillis, most)
                || table.forgetUnused(connection, most);
    }

    @Override
    public void forget() {
        table.forget();
    }
}
