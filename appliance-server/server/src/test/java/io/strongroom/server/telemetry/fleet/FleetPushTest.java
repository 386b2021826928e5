package io.strongroom.server.telemetry.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.sun.net.httpserver.HttpServer;
import io.strongroom.server.database.JdbcDatabase;
import io.strongroom.server.database.Sql;
import io.strongroom.server.database.TestDatabases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pushed, read by the numbers of its fields as opentelemetry-proto has them. */
class FleetPushTest {
    private static final long NOW = 1_795_219_200_000L;

    @TempDir
    private Path folder;

    private JdbcDatabase database;
    private HttpServer collector;
    private final List<byte[]> taken = new CopyOnWriteArrayList<>();
    private final List<String> types = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;

    @BeforeEach
    void start() throws IOException {
        database = TestDatabases.h2(folder);
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            taken.add(exchange.getRequestBody().readAllBytes());
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
        database.close();
    }

    private FleetPush push() {
        FleetNumbers numbers = new FleetNumbers(database, InstantSource.fixed(Instant.ofEpochMilli(NOW)), 0);
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/metrics";
        return new FleetPush(numbers, endpoint, Duration.ofMillis(50), "vault.example/acme/0");
    }

    private void heard() {
        database.owner(connection -> Sql.update(
                connection,
                "INSERT INTO incident_heard (tenant_id, device, heard_at, heard_seq) VALUES ('acme', 'dev-1', ?, 1)",
                NOW));
    }

    @Test
    void numbersArePushedAsOtlpHasThem() throws IOException {
        heard();
        try (FleetPush pushing = push()) {
            assertThat(pushing).isNotNull();
            Awaitility.await().until(() -> !taken.isEmpty());
        }
        assertThat(types).containsOnly("application/x-protobuf");
        assertThat(told(taken.getFirst()))
                .contains("service.name=strongroom", "service.instance.id=vault.example/acme/0")
                .contains("strongroom_devices_heard{within=5m} 1.0", "strongroom_devices_heard{within=24h} 1.0");
    }

    @Test
    void aCollectorThatRefusesIsTriedAgainWithWhatIsSoThen() {
        answer = 400;
        try (FleetPush pushing = push()) {
            assertThat(pushing).isNotNull();
            Awaitility.await().until(() -> taken.size() >= 2);
            heard();
            answer = 200;
            Awaitility.await().until(() -> {
                List<String> last = told(taken.getLast());
                return last.contains("strongroom_devices_heard{within=5m} 1.0");
            });
        }
    }

    /** ExportMetricsServiceRequest: the attributes of its resources, and the data points of its gauges. */
    private static List<String> told(byte[] message) throws IOException {
        List<String> told = new ArrayList<>();
        for (UnknownFieldSet resourceMetrics : messages(UnknownFieldSet.parseFrom(message), 1)) {
            for (UnknownFieldSet resource : messages(resourceMetrics, 1)) {
                told.addAll(attributes(resource, 1));
            }
            for (UnknownFieldSet scope : messages(resourceMetrics, 2)) {
                for (UnknownFieldSet metric : messages(scope, 2)) {
                    String name = texts(metric, 1).getFirst();
                    for (UnknownFieldSet gauge : messages(metric, 5)) {
                        for (UnknownFieldSet point : messages(gauge, 1)) {
                            double value = Double.longBitsToDouble(
                                    point.getField(4).getFixed64List().getFirst());
                            told.add(name + "{" + String.join(",", attributes(point, 7)) + "} " + value);
                        }
                    }
                }
            }
        }
        return told;
    }

    private static List<String> attributes(UnknownFieldSet of, int field) throws IOException {
        List<String> attributes = new ArrayList<>();
        for (UnknownFieldSet attribute : messages(of, field)) {
            UnknownFieldSet value = messages(attribute, 2).getFirst();
            attributes.add(
                    texts(attribute, 1).getFirst() + "=" + texts(value, 1).getFirst());
        }
        return attributes;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet of, int number) throws IOException {
        List<UnknownFieldSet> messages = new ArrayList<>();
        Field field = of.getField(number);
        for (ByteString bytes : field.getLengthDelimitedList()) {
            messages.add(UnknownFieldSet.parseFrom(bytes));
        }
        return messages;
    }

    private static List<String> texts(UnknownFieldSet of, int number) {
        return of.getField(number).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }
}
