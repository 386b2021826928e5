package io.strongroom.server.telemetry;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.devices.KnownDevices;
import io.strongroom.server.ledger.LedgerReader;
import io.strongroom.server.privacy.FieldHashes;
import io.strongroom.server.privacy.TestOpeners;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Followers for tests, and what they leave in the tables. */
public final class Followed {
    public static final FieldHashes HASHES =
            new FieldHashes(new SecretKeySpec(new byte[32], "HKDF"), TestDatabases.TENANT);

    private Followed() {}

    /** One that has not begun to follow. */
    public static Follower follower(Database database, LedgerReader ledger, KnownDevices devices, View... views) {
        return new Follower(
                database,
                ledger,
                new Observations(ledger, devices, new Users(TestOpeners.erased(), HASHES), List.of(views)),
                List.of(views),
                TestDatabases.TENANT,
                InstantSource.fixed(Instant.ofEpochMilli(Told.DAY)));
    }

    /** Has it take everything that there is. */
    public static void catchUp(Follower follower) {
        boolean more = true;
        while (more) {
            more = follower.step();
        }
    }

    /** Has it made again, up to where it was. */
    public static void again(Follower follower) {
        follower.rebuild();
        catchUp(follower);
    }

    /** All rows of the views' tables, as text. */
    public static List<String> rows(Database database, View... views) {
        return database.owner(connection -> {
            List<String> rows = new ArrayList<>();
            for (View view : views) {
                for (String table : view.tables()) {
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                        while (row.next()) {
                            rows.add(table + text(row));
                        }
                    }
                }
            }
            rows.sort(null);
            return rows;
        });
    }

    private static String text(ResultSet row) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            text.append(' ').append(row.getObject(i));
        }
        return text.toString();
    }
}
