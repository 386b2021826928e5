package io.strongroom.server.telemetry.people;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.database.Sql;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many devices are refused to their users. */
@Singleton
final class AssignmentMeters implements MeterSource {
    private static final Logger LOG = LoggerFactory.getLogger(AssignmentMeters.class);

    private final Database database;

    AssignmentMeters(Database database) {
        this.database = database;
    }

    @Override
    public void describe(Meters meters) {
        try {
            long refused = database.read(connection -> Sql.first(
                            connection,
                            "SELECT count(*) FROM telemetry_device_user WHERE refused",
                            row -> row.getLong(1))
                    .orElse(0L));
            meters.gauge(
                    "strongroom_telemetry_refused_assignments",
                    "Devices that users have beyond the " + UserView.MOST_DEVICES + " of each.",
                    refused);
        } catch (DatabaseException unavailable) {
            // That the database does not answer is told by other numbers, which must not go with this one.
            LOG.debug("how many devices are refused to their users is not known: {}", unavailable.sqlState());
        }
    }
}
