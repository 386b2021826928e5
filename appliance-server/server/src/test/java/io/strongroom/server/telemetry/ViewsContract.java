package io.strongroom.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.database.Database;
import io.strongroom.server.database.Sql;
import io.strongroom.server.database.TestDatabases;
import io.strongroom.server.projection.FakeLedger;
import io.strongroom.server.telemetry.inventory.InventoryViews;
import io.strongroom.server.telemetry.people.PeopleViews;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the read models of telemetry hold of what devices told, on any engine. */
abstract class ViewsContract {
    private static final String[] IDS =
            IntStream.range(0, 20).mapToObj(i -> "dev-%02d".formatted(i)).toArray(String[]::new);
    private static final String LOGS = "audit.logs";

    private final FakeLedger ledger = new FakeLedger();
    private final Told told = new Told(ledger);
    private final View[] views = Stream.concat(InventoryViews.all().stream(), PeopleViews.all().stream())
            .toArray(View[]::new);
    private Database database;
    private Follower follower;

    abstract Database open();

    @BeforeEach
    void openDatabase() {
        database = open();
        follower = Followed.follower(database, ledger, new FakeDevices(IDS), views);
    }

    @AfterEach
    void close() {
        follower.close();
        database.close();
    }

    private List<String> rows(String sql, @Nullable Object... parameters) {
        Followed.catchUp(follower);
        return database.read(connection -> Sql.all(
                connection,
                sql,
                row -> {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        columns.add(String.valueOf(row.getObject(i)));
                    }
                    return String.join(" ", columns);
                },
                parameters));
    }

    private void list(String device, String name, String... packages) {
        told.device(device, "inventory.software", "Inventory.Software", list(name, 1, 1, packages.length, packages));
    }

    private static String list(String name, int part, int parts, int count, String... packages) {
        String items = Stream.of(packages)
                .map(each -> "{\"purl\":\"pkg:deb/debian/" + each + "\",\"status\":\"install ok installed\"}")
                .reduce((one, other) -> one + "," + other)
                .orElse("");
        return "{\"inventory\":\"%s\",\"part\":%d,\"parts\":%d,\"count\":%d,\"packages\":[%s]}"
                .formatted(name, part, parts, count, items);
    }

    private List<String> software(String device) {
        return rows(
                "SELECT p.purl FROM telemetry_software s JOIN telemetry_package p ON p.package_id = s.package_id"
                        + " WHERE s.device_id = ? ORDER BY p.purl",
                device);
    }

    private List<String> changes(String device) {
        return rows(
                "SELECT c.change, p.purl FROM telemetry_software_change c JOIN telemetry_package p"
                        + " ON p.package_id = c.package_id WHERE c.device_id = ? ORDER BY c.seq, p.purl",
                device);
    }

    private List<String> assigned(String user) {
        return rows(
                "SELECT device_id, refused FROM telemetry_device_user WHERE user_key = ? ORDER BY device_id",
                Followed.HASHES.user(user));
    }

    private void signIn(String device, String user, String port) {
        told.record(device, LOGS, "Session.Login", "User", user, "Host", "h", """
                {"method":"publickey","port":"%s"}""".formatted(port));
        told.record(device, LOGS, "Session.Open", "User", "root", "Account", user, "{\"service\":\"sshd\"}");
        told.record(device, LOGS, "Session.Open", "User", user, "Session", "c" + port, "{}");
    }

    private List<String> sessions(String device) {
        return rows(
                "SELECT user_key, started_at, ended_at, evidence FROM telemetry_session WHERE device_id = ?"
                        + " ORDER BY started_at, session_id",
                device);
    }

    @Test
    void theNewestOfWhatADeviceToldOfItselfIsKept() {
        told.device("dev-00", "telemetry.health", "Telemetry.Health", """
                {"measures":{"host.name":"Till-4","os.type":"Ubuntu","os.version":"22.04"}}""");
        told.device("dev-00", "telemetry.agent", "Telemetry.Agent", "{\"agent\":{\"version\":\"1.0\"}}");
        told.plain("dev-00", "{\"agent\":{\"version\":\"1.1\",\"status\":\"healthy\"}}");
        told.record("strongroom", "system.devices", "Device.Locked", "User", "ann", "Device", "dev-01", "{}");

        assertThat(rows("SELECT name, fact, seq FROM telemetry_fact WHERE device_id = 'dev-00' ORDER BY name"))
                .containsExactly(
                        "agent.status healthy 2",
                        "agent.version 1.1 2",
                        "host.name till-4 0",
                        "os.name Ubuntu 0",
                        "os.type linux 0",
                        "os.version 22.04 0");
        assertThat(rows("SELECT device_id, first_seen, last_seen FROM telemetry_device"))
                .containsExactly("dev-00 " + Told.DAY + " " + (Told.DAY + 2_000));
    }

    @Test
    void aLineOfALogShowsThatItsDeviceIsThereAndNothingOfTheDevice() {
        told.plain("dev-00", "{\"host\":{\"name\":\"till-4\"}}");
        told.device(
                "dev-00",
                LOGS,
                "Line.Read",
                "{\"host.name\":\"elsewhere\",\"packages\":[{\"purl\":\"pkg:deb/a/b@1\"}]}");
        signIn("dev-00", "jane", "22001");

        assertThat(rows("SELECT name, fact FROM telemetry_fact")).containsExactly("host.name till-4");
        assertThat(software("dev-00")).isEmpty();
        assertThat(rows("SELECT last_seq FROM telemetry_device")).containsExactly("4");
    }

    @Test
    void softwareIsWhatTheLastListSaysAndWhatChangedIsKept() {
        list("dev-00", "one", "bash@5.1", "curl@8.0");
        list("dev-00", "two", "bash@5.2", "curl@8.0", "zsh@5.9");
        list("dev-00", "two", "bash@5.2", "curl@8.0", "zsh@5.9");
        list("dev-00", "one", "bash@5.1", "curl@8.0");

        assertThat(software("dev-00")).containsExactly("pkg:deb/debian/bash@5.1", "pkg:deb/debian/curl@8.0");
        assertThat(changes("dev-00"))
                .containsExactly(
                        "removed pkg:deb/debian/bash@5.1",
                        "added pkg:deb/debian/bash@5.2",
                        "added pkg:deb/debian/zsh@5.9",
                        "added pkg:deb/debian/bash@5.1",
                        "removed pkg:deb/debian/bash@5.2",
                        "removed pkg:deb/debian/zsh@5.9");
    }

    @Test
    void nothingIsGoneBeforeAllOfAListWasTold() {
        list("dev-00", "one", "bash@5.1", "curl@8.0");
        String stream = "inventory.software";
        told.device("dev-00", stream, "Inventory.Software", list("two", 1, 2, 3, "bash@5.2"));
        assertThat(software("dev-00"))
                .containsExactly("pkg:deb/debian/bash@5.1", "pkg:deb/debian/bash@5.2", "pkg:deb/debian/curl@8.0");
        told.device("dev-00", stream, "Inventory.Software", list("two", 2, 2, 3, "zsh@5.9", "zstd@1"));
        assertThat(software("dev-00"))
                .containsExactly("pkg:deb/debian/bash@5.2", "pkg:deb/debian/zsh@5.9", "pkg:deb/debian/zstd@1");
        // It says itself that it has more than it tells.
        told.device("dev-00", stream, "Inventory.Software", list("three", 1, 1, 9, "bash@5.3"));
        assertThat(software("dev-00")).hasSize(4);
    }

    @Test
    void aSixteenthDeviceOfAUserIsRefusedUntilAnotherIsRevoked() {
        for (int i = 0; i < PeopleViews.MOST_DEVICES; i++) {
            told.plain(IDS[i], "{\"user_id\":\"jane\"}");
        }
        signIn("dev-15", "jane", "22001");
        told.plain("dev-15", "{\"user_id\":\"john\"}");
        assertThat(assigned("jane")).hasSize(16).contains("dev-14 false", "dev-15 true");
        assertThat(assigned("john")).containsExactly("dev-15 false");

        told.record("strongroom", "system.devices", "Device.Revoked", "User", "ann", "Device", "dev-03", "{}");
        assertThat(assigned("jane")).hasSize(15).contains("dev-15 true");
        told.plain("dev-15", "{\"user_id\":\"jane\"}");
        assertThat(assigned("jane")).hasSize(15).contains("dev-15 false");
        told.plain("dev-16", "{\"user_id\":\"jane\"}");
        assertThat(assigned("jane")).contains("dev-16 true");
    }

    @Test
    void whoOnlyKnocksOrIsACronJobHasNoDevice() {
        told.record("dev-00", LOGS, "Session.Open", "User", "root", "Account", "backup", "{\"service\":\"cron\"}");
        told.record("dev-00", LOGS, "Session.Disconnect", "User", "guest", "Host", "h", "{\"port\":\"22\"}");
        assertThat(assigned("backup")).isEmpty();
        assertThat(assigned("guest")).isEmpty();
        assertThat(sessions("dev-00")).isEmpty();
    }

    @Test
    void oneSignInToldThreeTimesIsOneSessionAndItsFirstEndEndsIt() {
        String jane = Followed.HASHES.user("jane");
        signIn("dev-00", "jane", "22001");
        assertThat(sessions("dev-00"))
                .containsExactly(
                        jane + " " + (Told.DAY - 500) + " null {\"logind\":\"c22001\",\"pam\":\"\",\"ssh\":\"22001\"}");
        told.record("dev-00", LOGS, "Session.Disconnect", "User", "jane", "Host", "h", "{\"port\":\"22001\"}");
        told.record("dev-00", LOGS, "Session.Close", "User", "jane", "Account", "jane", "{\"service\":\"sshd\"}");
        assertThat(sessions("dev-00")).hasSize(1).first().asString().contains(" " + (Told.DAY + 2_500) + " {");
        signIn("dev-00", "jane", "22002");
        signIn("dev-00", "jane", "22003");
        told.record("dev-00", LOGS, "Session.Close", "LogSource", "dev-00", "Session", "c22002", "{}");
        assertThat(sessions("dev-00"))
                .hasSize(3)
                .filteredOn(row -> row.contains("null"))
                .hasSize(1);
    }

    @Test
    void aSessionThatADeviceDescribesIsTakenAtItsWord() {
        String payload = "{\"session_id\":\"s-1\",\"user_id\":\"jane\",\"start\":\"2026-11-20T08:00:00Z\"%s,"
                + "\"context\":{\"network\":\"corp\",\"vpn\":true,\"geo\":\"DE\"}}";
        told.plain("dev-00", payload.formatted(""));
        told.plain("dev-00", payload.formatted(",\"end\":\"2026-11-20T09:00:00Z\""));
        assertThat(rows("SELECT ended_at - started_at, context FROM telemetry_session"))
                .singleElement()
                .asString()
                .startsWith(Duration.ofHours(1).toMillis() + " ")
                .contains("\"corp\"", "\"DE\"");
    }

    @Test
    void noTableHasTheNameOfAUser() {
        signIn("dev-00", "zebra-jane", "22001");
        told.plain("dev-00", "{\"user_id\":\"zebra-john\",\"user\":{\"name\":\"zebra-jim\"},\"line\":\"zebra-joe\"}");
        Followed.catchUp(follower);
        assertThat(Followed.rows(database, views)).hasSizeGreaterThan(3).noneMatch(row -> row.contains("zebra"));
    }

    @Test
    void whatIsKeptForLongEnoughGoes() {
        list("dev-00", "one", "bash@5.1");
        list("dev-00", "two", "bash@5.2");
        signIn("dev-00", "jane", "22001");
        Followed.catchUp(follower);
        long later = Told.DAY + Duration.ofDays(366).toMillis();
        boolean more = true;
        while (more) {
            more = database.owner(connection -> {
                boolean left = false;
                for (View view : views) {
                    left |= view.expire(connection, later, 2);
                }
                return left;
            });
        }
        assertThat(Followed.rows(database, views)).isEmpty();
    }

    @Test
    void hostilePayloadsStopNothing() {
        String huge = "x".repeat(20_000);
        for (String payload : List.of(
                "{\"packages\":7}",
                "{\"packages\":[7,null,{},[],{\"purl\":7},{\"purl\":\"pkg:\"},{\"purl\":\"pkg:deb/\"}]}",
                "{\"software\":{\"packages\":[{\"name\":\"" + huge + "\",\"version\":\"\\u0000\"}]}}",
                "{\"inventory\":\"i\",\"part\":-1,\"parts\":1000000000,\"count\":-7,\"packages\":[]}",
                "{\"inventory\":{},\"part\":\"x\",\"parts\":1e300,\"packages\":[{\"purl\":\"pkg:deb/a/b@%zz\"}]}",
                "{\"user_id\":\"" + huge + "\",\"session_id\":\"" + huge + "\",\"start\":\"never\",\"end\":7}",
                "{\"user_id\":\"\\u0000\",\"session_id\":\"=,=\",\"start\":\"+999999999-12-31T00:00:00Z\"}",
                "{\"user_id\":\"a\",\"context\":{\"network\":\"\\u0000\",\"geo\":[1],\"vpn\":{}}}",
                "{\"host.name\":\"" + huge + "\",\"os.type\":\"\\u0000\",\"" + huge + "\":1}",
                "{\"user_id\":7,\"agent\":7,\"measures\":[],\"hardware\":\"\"}")) {
            told.plain("dev-00", payload);
        }
        told.plain("dev-00", "{\"agent\":{\"version\":\"after\"}}");
        Followed.catchUp(follower);
        assertThat(follower.status().unreadable()).isZero();
        assertThat(rows("SELECT fact FROM telemetry_fact WHERE name = 'agent.version'"))
                .containsExactly("after");
    }

    @Test
    void aRebuildGivesTheSameAsFollowingWhateverCameInWhichBatches() {
        for (long seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                something(random);
                if (random.nextInt(4) == 0) {
                    // As after a kill: another follower goes on.
                    follower = Followed.follower(database, ledger, new FakeDevices(IDS), views);
                    for (View view : views) {
                        view.forget();
                    }
                    Followed.catchUp(follower);
                }
            }
            Followed.catchUp(follower);
            List<String> before = Followed.rows(database, views);
            Followed.again(follower);
            assertThat(Followed.rows(database, views))
                    .as("seed " + seed)
                    .isEqualTo(before)
                    .isNotEmpty();
        }
    }

    private void something(Random random) {
        String device = IDS[random.nextInt(IDS.length)];
        String user = "user-" + random.nextInt(3);
        String port = String.valueOf(22_000 + random.nextInt(3));
        switch (random.nextInt(10)) {
            case 0, 1 -> told.plain(device, "{\"user_id\":\"" + user + "\",\"agent\":{\"version\":\"" + port + "\"}}");
            case 2 -> signIn(device, user, port);
            case 8 -> told.device(device, LOGS, "Line.Read", "{\"host.name\":\"" + port + "\"}");
            case 3 ->
                told.record(
                        device, LOGS, "Session.Disconnect", "User", user, "Host", "h", "{\"port\":\"" + port + "\"}");
            case 4 ->
                told.record(device, LOGS, "Session.Close", "User", user, "Account", user, "{\"service\":\"sshd\"}");
            case 5 -> list("dev-00", "l" + random.nextInt(3), packages(random));
            case 6 ->
                told.device(
                        "dev-01",
                        "inventory.software",
                        "Inventory.Software",
                        list("p" + random.nextInt(2), 1 + random.nextInt(2), 2, 2, packages(random)));
            case 7 ->
                told.plain(
                        device,
                        "{\"session_id\":\"" + port + "\",\"user_id\":\"" + user + "\",\"start\":\"2026-11-20T0"
                                + random.nextInt(10) + ":00:00Z\"}");
            default ->
                told.record("strongroom", "system.devices", "Device.Revoked", "User", "ann", "Device", device, "{}");
        }
    }

    private static String[] packages(Random random) {
        return IntStream.range(0, 6)
                .filter(i -> random.nextBoolean())
                .mapToObj(i -> "p" + i + "@" + random.nextInt(3))
                .toArray(String[]::new);
    }

    @Test
    void theTablesShowTheirRowsToTheirTenantAlone() {
        told.plain("dev-00", "{\"user_id\":\"jane\"}");
        assertThat(rows("SELECT DISTINCT tenant_id FROM telemetry_device_user"))
                .containsExactly(TestDatabases.TENANT.value());
    }
}
