package io.strongroom.server.ledger;

import io.strongroom.evidence.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * The partitions of bodies and disclosures, one for each retention class and day, made when first needed. They are made
 * beside their parent and attached afterwards, which keeps no reader waiting.
 *
 * <p>Owned by the sequencer's thread, as the tables' owner.
 */
final class BodyPartitions {
    private record Shelf(String parent, String retain, long day) {}

    private final Map<Shelf, String> known = new HashMap<>();

    /** Forgets what it knows, as after a failure. */
    void forget() {
        known.clear();
    }

    /** The partition's name; made and committed where it is missing. Not within a group's transaction. */
    String name(Connection connection, String parent, String retain, long day) throws SQLException {
        Shelf shelf = new Shelf(parent, retain, day);
        String name = known.get(shelf);
        if (name == null) {
            String list = parent + "_"
                    + Digest.of(retain.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 12);
            name = list + "_" + LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE);
            make(connection, parent, list, name, retain, day);
            if (known.size() > 1_000) {
                known.clear();
            }
            known.put(shelf, name);
        }
        return name;
    }

    private static void make(Connection connection, String parent, String list, String name, String retain, long day)
            throws SQLException {
        Transaction.run(connection, () -> {
            make(connection, parent, list, "PARTITION BY RANGE (on_day)", "IN (" + literal(retain) + ")");
            make(
                    connection,
                    list,
                    name,
                    // What has some kilobytes stays in its row: cutting it up would cost more than it gives.
                    "WITH (toast_tuple_target = 8160)",
                    "FROM ('" + LocalDate.ofEpochDay(day) + "') TO ('" + LocalDate.ofEpochDay(day + 1) + "')");
        });
    }

    private static void make(Connection connection, String parent, String name, String options, String values)
            throws SQLException {
        if (exists(connection, name)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + name + " (LIKE " + parent
                    + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE) " + options);
            statement.execute("ALTER TABLE " + name + " ENABLE ROW LEVEL SECURITY");
            statement.execute("ALTER TABLE " + parent + " ATTACH PARTITION " + name + " FOR VALUES " + values);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
