package io.strongroom.server.ops;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.BeanContext;
import io.opentelemetry.api.trace.Tracer;
import io.strongroom.api.Scope;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.settings.StartRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final String TRACE_ID = "3e1f2d0c9b8a7f6e5d4c3b2a19081716";
    private static final String RECORD = """
            {"tenantId":"acme","source":{"id":"orders"},"occurredAt":"2026-11-21T01:02:03.004Z",\
            "action":"Order.Placed","actor":{"type":"User","id":"jane.doe"},"resource":{"type":"Order","id":"o-1"}}""";

    @TempDir
    Path folder;

    /** Takes what OTLP/HTTP sends, and looks at the protobuf's bytes: names are strings in it, ids are bytes. */
    private static final class Receiver implements AutoCloseable {
        private final HttpServer server;
        private final List<String> received = new CopyOnWriteArrayList<>();

        Receiver() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                    body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
                }
                received.add(new String(body, ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
        }

        String endpoint() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
        }

        String all() {
            return String.join("", received);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void aRequestsSpanContinuesItsCallersTraceThroughAppendAndCommit() throws IOException {
        try (Receiver receiver = new Receiver();
                ApplianceFixture appliance = ApplianceFixture.start(
                        folder.resolve("data"), "--set", "traces.endpoint=" + receiver.endpoint())) {
            String token = appliance.token(Set.of(Scope.INGEST), "orders");
            assertThat(appliance
                            .post(
                                    "/api/v1/audit/records",
                                    RECORD,
                                    "Authorization",
                                    "Bearer " + token,
                                    "Idempotency-Key",
                                    "secret-order-key",
                                    "traceparent",
                                    "00-" + TRACE_ID + "-7f6e5d4c3b2a1908-01")
                            .statusCode())
                    .isEqualTo(201);
            String traceId = new String(HexFormat.of().parseHex(TRACE_ID), ISO_8859_1);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(receiver.all())
                    .contains(
                            traceId,
                            "POST /api/v1/audit/records",
                            "ledger append",
                            "ledger commit",
                            "strongroom.request_id"));
            // Request and append carry it, the commit links it: at least three times.
            assertThat(receiver.all().split(Pattern.quote(traceId), -1)).hasSizeGreaterThanOrEqualTo(4);
            assertThat(receiver.all()).doesNotContain(token, "jane.doe", "secret-order-key");
        }
    }

    @Test
    void aPacksSpanIsInTheTraceOfWhoeverAskedForIt() throws IOException {
        try (Receiver receiver = new Receiver();
                ApplianceFixture appliance = ApplianceFixture.start(
                        folder.resolve("data"), "--set", "traces.endpoint=" + receiver.endpoint())) {
            String token = appliance.token(Set.of(Scope.EXPORT));
            assertThat(appliance
                            .post(
                                    "/api/v1/exports",
                                    "{\"purpose\":\"audit\"}",
                                    "Authorization",
                                    "Bearer " + token,
                                    "X-Tenant-Id",
                                    ApplianceFixture.TENANT,
                                    "traceparent",
                                    "00-" + TRACE_ID + "-7f6e5d4c3b2a1908-01")
                            .statusCode())
                    .isEqualTo(202);
            // A span on the wire: its trace's id, its own, its parent's, its name (fields 1, 2, 4 and 5).
            Pattern export = Pattern.compile(
                    Pattern.quote(new String(HexFormat.of().parseHex(TRACE_ID), ISO_8859_1))
                            + "\\x12\\x08.{8}\\x22\\x08.{8}\\x2a\\x06export",
                    Pattern.DOTALL);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(receiver.all())
                    .containsPattern(export));
        }
    }

    @Test
    void withoutAnEndpointThereIsNothingToTraceWith() {
        try (ApplianceFixture appliance = ApplianceFixture.start(folder.resolve("data"))) {
            BeanContext beans = appliance.appliance().context();
            assertThat(beans.containsBean(Tracer.class)).isFalse();
        }
    }

    @Test
    void anEndpointThatIsNoAddressRefusesTheStart() {
        assertThatThrownBy(
                        () -> ApplianceFixture.start(folder.resolve("data"), "--set", "traces.endpoint=collector:4318"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("traces.endpoint");
    }
}
