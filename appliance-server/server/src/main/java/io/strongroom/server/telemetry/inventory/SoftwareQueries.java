package io.strongroom.server.telemetry.inventory;

import io.strongroom.server.database.Sql;
import io.strongroom.server.telemetry.Asked;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Reads packages, which device has them, and what changed. Each page goes on behind the last item of the one before. */
final class SoftwareQueries {
    /** Versions of one package that are looked through, at most. */
    private static final int MOST_VERSIONS = 5_000;

    private SoftwareQueries() {}

    record Package(UUID id, String purl, String version) {
        private static Package of(ResultSet row) throws SQLException {
            return new Package(row.getObject(1, UUID.class), row.getString(2), row.getString(3));
        }
    }

    /** A package on a device. @param sinceAt when the device told of it first, in epoch milliseconds */
    record OnDevice(Package software, String status, long sinceAt, long sinceSeq) {}

    /** A device that has a package, and where it lists what it has. */
    record Having(String device, Package software, long sinceAt, String stream, String pointer) {}

    /** That a package came or went. @param occurredAt by the device's clock, in epoch milliseconds */
    record Change(Place place, Package software, String change, long occurredAt) {}

    /** The place of a change among those of its device. */
    record Place(long seq, UUID software) {
        private static final UUID LEAST = new UUID(0, 0);

        static Place of(String text) {
            int cut = text.indexOf('_');
            try {
                return text.isEmpty()
                        ? new Place(-1, LEAST)
                        : new Place(Long.parseLong(text.substring(0, cut)), UUID.fromString(text.substring(cut + 1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw Asked.invalid("The parameter after is what the page before calls next.");
            }
        }

        @Override
        public String toString() {
            return seq + "_" + software;
        }
    }

    static List<OnDevice> ofDevice(Connection connection, String device, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT p.package_id, p.purl, p.version, s.status, s.since_at, s.since_seq FROM telemetry_software s"
                        + " JOIN telemetry_package p ON p.package_id = s.package_id WHERE s.device_id = ? AND p.purl > ?"
                        + " ORDER BY p.purl LIMIT " + limit,
                row -> new OnDevice(Package.of(row), row.getString(4), row.getLong(5), row.getLong(6)),
                device,
                after);
    }

    static List<Change> changes(Connection connection, String device, long since, Place after, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT p.package_id, p.purl, p.version, c.change, c.occurred_at, c.seq FROM telemetry_software_change c"
                        + " JOIN telemetry_package p ON p.package_id = c.package_id WHERE c.device_id = ? AND"
                        + " c.occurred_at >= ? AND (c.seq > ? OR c.seq = ? AND c.package_id > ?)"
                        + " ORDER BY c.seq, c.package_id LIMIT " + limit,
                row -> {
                    Package software = Package.of(row);
                    return new Change(
                            new Place(row.getLong(6), software.id()), software, row.getString(4), row.getLong(5));
                },
                device,
                since,
                after.seq(),
                after.seq(),
                after.software());
    }

    /** All versions of a package that some device has, or had. */
    static List<Package> named(Connection connection, String name) throws SQLException {
        List<Package> all = Sql.all(
                connection,
                "SELECT package_id, purl, version FROM telemetry_package WHERE name = ? LIMIT " + (MOST_VERSIONS + 1),
                Package::of,
                name);
        if (all.size() > MOST_VERSIONS) {
            throw Asked.invalid(
                    "There are more than " + MOST_VERSIONS + " versions of this package; ask device by device.");
        }
        return all;
    }

    /** @param after device and package, with a blank between them; empty from the first on */
    static List<Having> having(Connection connection, List<Package> packages, String after, int limit)
            throws SQLException {
        if (packages.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>();
        packages.forEach(each -> parameters.add(each.id()));
        String[] place = after.split(" ", 2);
        parameters.add(place[0]);
        parameters.add(place[0]);
        parameters.add(
                place.length < 2 ? new UUID(-1, -1) : Place.of("0_" + place[1]).software());
        return Sql.all(
                connection,
                "SELECT p.package_id, p.purl, p.version, s.device_id, s.since_at, l.stream, l.pointer FROM telemetry_software s"
                        + " JOIN telemetry_package p ON p.package_id = s.package_id JOIN telemetry_software_list l ON"
                        + " l.device_id = s.device_id WHERE s.package_id IN ("
                        + String.join(", ", Collections.nCopies(packages.size(), "?"))
                        + ") AND (s.device_id > ? OR s.device_id = ? AND s.package_id > ?)"
                        + " ORDER BY s.device_id, s.package_id LIMIT " + limit,
                row -> new Having(
                        row.getString(4), Package.of(row), row.getLong(5), row.getString(6), row.getString(7)),
                parameters.toArray());
    }
}
