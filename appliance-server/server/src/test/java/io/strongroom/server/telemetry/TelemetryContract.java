package io.strongroom.server.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Scope;
import io.strongroom.api.TokenRequest;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.batch.BatchLayout;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.policies.evaluate.CompiledPolicy;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.database.Database;
import io.strongroom.server.devices.TestDevice;
import io.strongroom.server.devices.TestDevice.Enrolled;
import io.strongroom.server.ingest.SigningDevice;
import io.strongroom.server.ledger.LedgerReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What officers are told of devices, their software and their users, over HTTP, under the bundle that hides user names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TelemetryContract {
    private static final String USER = "zebra-jane";
    private static final String DEVICES = "/api/v1/telemetry/devices";

    private final ApplianceFixture appliance;
    private final Enrolled device;
    private final Enrolled silent;
    private final String reader;

    TelemetryContract(Path folder, String... options) {
        appliance = ApplianceFixture.start(
                folder.resolve("data"),
                List.of(new CompiledPolicy(BundleLoader.load(OwnBundles.files("default")), "")),
                options);
        reader = appliance.token(Set.of(Scope.READ));
        device = TestDevice.enrolled(appliance);
        silent = TestDevice.enrolled(appliance);
        SigningDevice signing = new SigningDevice(device.id(), device.key());
        send(signing.batch(List.of(
                line(signing, "Telemetry.Health", "Device", device.id(), "Device", device.id(), """
                        {"measures":{"host.name":"Till-4","os.type":"Ubuntu"}}"""),
                line(signing, "Session.Login", "User", USER, "Host", "till-4", """
                        {"method":"password","port":"22001","address":"10.1.2.3"}"""),
                line(signing, "Session.Login", "User", "NT AUTHORITY\\SYSTEM", "Host", "till-4", "{}"),
                line(signing, "Device.Telemetry", "Device", "d", "Device", "d", "{\"user_id\":\"zebra-john\"}"),
                line(signing, "Device.Telemetry", "Device", "d", "Device", "d", "{\"userId\":\"zebra-jim\"}"),
                software(signing, "one", "openssl@3.0.1", "bash@5.1"),
                software(signing, "two", "openssl@3.0.2", "bash@5.1"))));
        Follower follower = appliance.appliance().context().getBean(Follower.class);
        Awaitility.await()
                .until(() -> json(DEVICES + "/" + device.id()).members().containsKey("software"));
        Awaitility.await().until(() -> follower.status().lagRecords() == 0);
    }

    @AfterAll
    void stop() {
        device.close();
        silent.close();
        appliance.close();
    }

    private static String software(SigningDevice signing, String name, String... packages) {
        String items = String.join(
                ",",
                List.of(packages).stream()
                        .map(each -> "{\"purl\":\"pkg:deb/debian/" + each + "\",\"status\":\"installed\"}")
                        .toList());
        return line(signing, "Inventory.Software", "Device", "d", "Device", "d", """
                {"inventory":"%s","part":1,"parts":1,"count":%d,"packages":[%s]}""".formatted(
                        name, packages.length, items));
    }

    private static String line(
            SigningDevice signing,
            String action,
            String actorType,
            String actor,
            String type,
            String id,
            String attributes) {
        Json.Obj plain = Json.parseObject(signing.line(0).getBytes(UTF_8));
        return Json.object()
                .putAll(plain.without("action", "actor", "resource", "attributes"))
                .put("action", action)
                .put("outcome", "success")
                .put(
                        "actor",
                        Json.object().put("type", actorType).put("id", actor).build())
                .put("resource", Json.object().put("type", type).put("id", id).build())
                .put("attributes", Json.parse(attributes))
                .build()
                .toString();
    }

    private void send(SigningDevice.Sent batch) {
        HttpResponse<String> answer = device.send(
                "/api/v1/device/batches",
                HttpRequest.newBuilder()
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(batch.frame())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"rejected\":[]");
    }

    private HttpResponse<String> get(String path) {
        return appliance.get(path, "Authorization", "Bearer " + reader, "X-Tenant-Id", ApplianceFixture.TENANT);
    }

    private Json.Obj json(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parseObject(answer.body().getBytes(UTF_8));
    }

    private List<Json.Obj> items(String path) {
        return json(path).objects("items", item -> item);
    }

    private String problem(String path) {
        HttpResponse<String> answer = get(path);
        return answer.statusCode() + " "
                + Json.parseObject(answer.body().getBytes(UTF_8)).text("code");
    }

    @Test
    void devicesAreListedWithWhatTheyToldOfThemselves() {
        Json.Obj told = items(DEVICES).stream()
                .filter(each -> each.text("device").equals(device.id()))
                .findFirst()
                .orElseThrow();
        assertThat(told.text("state")).isEqualTo("active");
        assertThat(told.text("sends")).isEqualTo("signed-batches");
        assertThat(told.object("facts").object("host.name").text("value")).isEqualTo("till-4");
        assertThat(told.object("facts").object("os.type").text("value")).isEqualTo("linux");
        assertThat(items(DEVICES + "?silentSince=2000-01-01T00:00:00Z"))
                .extracting(each -> each.text("device"))
                .containsExactly(silent.id());
        assertThat(items(DEVICES + "?state=revoked")).isEmpty();

        Json.Obj first = json(DEVICES + "?limit=1");
        Json.Obj second = json(DEVICES + "?limit=1&after=" + first.text("next"));
        assertThat(second.optionalText("next")).isNull();
        assertThat(List.of(first, second))
                .extracting(
                        page -> page.objects("items", item -> item).getFirst().text("device"))
                .containsExactlyInAnyOrder(device.id(), silent.id());
    }

    @Test
    void softwareIsFoundByVersionAndItsChangesAreTold() {
        assertThat(items(DEVICES + "/" + device.id() + "/software"))
                .extracting(each -> each.text("purl"))
                .containsExactly("pkg:deb/debian/bash@5.1", "pkg:deb/debian/openssl@3.0.2");
        Json.Obj page = json(DEVICES + "/" + device.id() + "/software?limit=1");
        assertThat(items(DEVICES + "/" + device.id() + "/software?after="
                        + page.text("next").replace(":", "%3A")))
                .hasSize(1);
        assertThat(items(DEVICES + "/" + device.id() + "/software/changes"))
                .extracting(each -> each.text("change") + " " + each.text("version"))
                .containsExactlyInAnyOrder("added 3.0.2", "removed 3.0.1");
        Json.Obj change = json(DEVICES + "/" + device.id() + "/software/changes?limit=1");
        assertThat(items(DEVICES + "/" + device.id() + "/software/changes?after=" + change.text("next")))
                .hasSize(1);
        assertThat(items(DEVICES + "/" + device.id() + "/software/changes?since=2030-01-01T00:00:00Z"))
                .isEmpty();
        String openssl = "/api/v1/telemetry/software?package=pkg:deb/debian/openssl";
        assertThat(items(openssl + "&below=3.0.10"))
                .extracting(each -> each.text("device"))
                .containsExactly(device.id());
        assertThat(items(openssl + "&below=3.0.2")).isEmpty();
        assertThat(items(openssl + "&version=3.0.2")).hasSize(1);
        assertThat(items(openssl + "&from=3.0.3")).isEmpty();
    }

    @Test
    void usersAreShownAsTheirReaderSeesThemInRecordsAndFoundByName() {
        // Neither that of the system, nor one that policy hides and does not have found.
        List<Json.Obj> users = items(DEVICES + "/" + device.id() + "/users");
        assertThat(users)
                .extracting(each -> each.object("user").text("name"))
                .allMatch(name -> name.endsWith("jane") || name.endsWith("john"))
                .hasSize(2);
        Json.Obj user = users.stream()
                .map(each -> each.object("user"))
                .filter(each -> each.text("name").endsWith("jane"))
                .findFirst()
                .orElseThrow();
        assertThat(user.text("name")).doesNotContain(USER).endsWith("jane");
        assertThat(user.text("mask")).isEqualTo("last4");
        Json.Obj session = items(DEVICES + "/" + device.id() + "/sessions").getLast();
        assertThat(session.object("user").text("key")).isEqualTo(user.text("key"));
        assertThat(session.texts("evidence")).containsExactly("ssh");
        assertThat(session.object("context").text("method")).isEqualTo("password");
        assertThat(items("/api/v1/telemetry/users/devices?name=" + USER))
                .extracting(each -> each.text("device"))
                .containsExactly(device.id());
        assertThat(items("/api/v1/telemetry/users/devices?key=" + user.text("key")))
                .hasSize(1);
        assertThat(items("/api/v1/telemetry/users/devices?name=nobody")).isEmpty();
    }

    @Test
    void aHiddenNameIsInNoTableInClear() {
        Database database = appliance.appliance().context().getBean(Database.class);
        List<String> found = database.owner(connection -> {
            List<String> tables = new ArrayList<>();
            try (ResultSet each = connection
                    .getMetaData()
                    .getTables(null, null, "telemetry%", new String[] {"TABLE", "BASE TABLE"})) {
                while (each.next()) {
                    tables.add(each.getString("TABLE_NAME"));
                }
            }
            assertThat(tables).contains("telemetry_session", "telemetry_device_user", "telemetry_fact");
            List<String> rows = new ArrayList<>();
            for (String table : tables) {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                    while (row.next()) {
                        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                            rows.add(String.valueOf(row.getObject(i)));
                        }
                    }
                }
            }
            return rows;
        });
        assertThat(found).anyMatch(value -> value.contains("till-4")).noneMatch(value -> value.contains("zebra"));
    }

    @Test
    void questionsThatMakeNoSenseAreRefused() {
        assertThat(problem(DEVICES + "?limit=0")).isEqualTo("400 invalid-parameter");
        assertThat(problem(DEVICES + "?colour=red")).isEqualTo("400 invalid-parameter");
        assertThat(problem(DEVICES + "?state=happy")).isEqualTo("400 invalid-parameter");
        assertThat(problem(DEVICES + "?silentSince=yesterday")).isEqualTo("400 invalid-parameter");
        assertThat(problem(DEVICES + "/dev-none")).isEqualTo("404 not-found");
        assertThat(problem(DEVICES + "/dev-none/sessions")).isEqualTo("404 not-found");
        assertThat(problem(DEVICES + "/" + device.id() + "/sessions?after=x")).isEqualTo("400 invalid-parameter");
        assertThat(problem(DEVICES + "/" + device.id() + "/software/changes?after=x"))
                .isEqualTo("400 invalid-parameter");
        assertThat(problem("/api/v1/telemetry/software")).isEqualTo("400 invalid-parameter");
        assertThat(problem("/api/v1/telemetry/software?package=pkg:deb/debian/bash@1"))
                .isEqualTo("400 invalid-parameter");
        assertThat(problem("/api/v1/telemetry/users/devices?name=a&key=b")).isEqualTo("400 invalid-parameter");
    }

    @Test
    void noServiceMaySendInTheNameOfADevice() {
        HttpResponse<String> answer = appliance.post(
                "/api/v1/tokens",
                new TokenRequest("forger", Set.of(Scope.INGEST), List.of(device.id()), 1)
                        .toJson()
                        .toString(),
                "Authorization",
                "Bearer " + appliance.adminToken(),
                "X-Tenant-Id",
                ApplianceFixture.TENANT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("/sources/0");
    }

    @Test
    void whoReadIsRecorded() {
        items(DEVICES + "/" + device.id() + "/users");
        LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
        List<String> accesses = new ArrayList<>();
        ledger.read(0, ledger.size(), true, row -> {
            if (row.entry().stream().equals("system.access") && row.body() != null) {
                accesses.add(new String(row.body(), UTF_8));
            }
            return true;
        });
        assertThat(accesses)
                .filteredOn(record -> record.contains("\"DeviceUsers.Read\""))
                .isNotEmpty()
                .allMatch(record -> record.contains(device.id()) && record.contains("Audit.Reader"));
    }
}
