package io.strongroom.server.telemetry.inventory;

import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.telemetry.View;
import java.time.Duration;
import java.util.List;

/** The views of this package, for tests. */
public final class InventoryViews {
    private InventoryViews() {}

    public static List<View> all() {
        Duration kept = Duration.ofDays(365);
        String tenant = TestDatabases.TENANT.value();
        return List.of(new DeviceView(tenant, kept), new SoftwareView(tenant, kept));
    }
}
