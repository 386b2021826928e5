package io.strongroom.server.telemetry.people;

import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.telemetry.View;
import java.time.Duration;
import java.util.List;

/** The views of this package, for tests. */
public final class PeopleViews {
    public static final int MOST_DEVICES = UserView.MOST_DEVICES;

    private PeopleViews() {}

    public static List<View> all() {
        Duration kept = Duration.ofDays(365);
        String tenant = TestDatabases.TENANT.value();
        return List.of(new UserView(tenant, kept), new SessionView(tenant, kept));
    }
}
