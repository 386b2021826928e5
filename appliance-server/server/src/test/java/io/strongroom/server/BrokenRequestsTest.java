package io.strongroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Problem;
import io.strongroom.api.Scope;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of which no honest client sends one, byte by byte over the wire: each is answered with a problem. */
@Timeout(60)
class BrokenRequestsTest {
    private static final String HOST = "Host: vault.example\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    @TempDir
    static Path folder;

    private static ApplianceFixture appliance;

    @BeforeAll
    static void start() {
        appliance = ApplianceFixture.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        appliance.close();
    }

    private static SSLSocket connect(String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) appliance
                .tls()
                .getSocketFactory()
                .createSocket(appliance.url().getHost(), appliance.url().getPort());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** All that is answered before the connection is closed from there. */
    private static String answers(String requests) throws IOException {
        try (SSLSocket socket = connect("http/1.1")) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HOST + HOST,
                HOST + "Host: other.example\r\n",
                "",
                HOST + "Transfer-Encoding: gzip, chunked\r\n",
                HOST + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
                HOST + "Transfer-Encoding: chunked, chunked\r\n",
                HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                HOST + "Transfer-Encoding: gzip\r\n",
                HOST + "Transfer-Encoding: identity\r\n"
            })
    void aHeadThatIsUnsoundIsRefusedAndNothingBehindItIsRead(String headers) throws IOException {
        String answers = answers("POST /api/v1/audit/records HTTP/1.1\r\n" + headers
                + "\r\n0\r\n\r\nGET /problems HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(answers).startsWith("HTTP/1.1 400 ").containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE);
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void aSoundRequestBeforeItIsAnsweredFirst() throws IOException {
        String answers =
                answers("GET /problems HTTP/1.1\r\n" + HOST + "\r\nGET /problems HTTP/1.1\r\n" + HOST + HOST + "\r\n");
        assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(3);
        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n", "Transfer-Encoding:  Chunked \r\n\r\n"})
    void chunksAreStillTaken(String headers) throws IOException {
        assertThat(answers("GET /problems HTTP/1.1\r\nConnection: close\r\n" + HOST + headers + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatFollowsAGzipBodyIsRefusedAndNothingOfItTaken() throws IOException {
        String record = "{\"action\":\"Order.Created\",\"actor\":{\"id\":\"a\",\"type\":\"User\"},\"occurredAt\":"
                + "\"2026-11-21T10:00:00.000Z\",\"resource\":{\"id\":\"o\",\"type\":\"Order\"},"
                + "\"source\":{\"id\":\"orders\"}}";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(record.getBytes(StandardCharsets.UTF_8));
        }
        String good = body.toString(StandardCharsets.ISO_8859_1);
        assertThat(post(good + "junk")).startsWith("HTTP/1.1 415 ").contains("unsupported-encoding");
        assertThat(post(good)).startsWith("HTTP/1.1 201 ");
    }

    private static String post(String body) throws IOException {
        return answers("POST /api/v1/audit/records HTTP/1.1\r\nConnection: close\r\n" + HOST + "Authorization: Bearer "
                + appliance.token(Set.of(Scope.INGEST), "orders")
                + "\r\nX-Tenant-Id: acme\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n"
                + "Content-Encoding: gzip\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** HPACK (RFC 7541): 0x82 is GET, 0x87 https, 0x04 a literal :path, 0x01 a literal :authority. */
    private static byte[] head(String path) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x82);
        head.write(0x87);
        head.write(0x04);
        head.write(path.length());
        head.writeBytes(path.getBytes(StandardCharsets.ISO_8859_1));
        head.write(0x01);
        head.write(1);
        head.write('v');
        return head.toByteArray();
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(new byte[] {0, (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags});
        out.write(new byte[] {0, 0, 0, (byte) stream});
        out.write(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\tb", " "})
    void anAddressThatIsNoneIsAnsweredOverHttp2AndTheConnectionGoesOn(String path) throws IOException {
        try (SSLSocket socket = connect("h2")) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_STREAM | END_HEADERS, 1, head(path));
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            // Of the static table: 8 is :status 200, and 12 is 400.
            assertThat(answer(in, 1)).startsWith("\u008c").contains("invalid-parameter");
            frame(out, HEADERS, END_STREAM | END_HEADERS, 3, head("/problems"));
            out.flush();
            assertThat(answer(in, 3)).startsWith("\u0088").contains("<h1>Problems</h1>");
        }
    }

    /** What the codec itself takes for malformed ends its stream (RFC 9113 §8.1.1); what lacks an address is answered. */
    @Test
    void anAddressThatIsEmptyOrMissingLeavesTheConnectionToOthers() throws IOException {
        byte[] missing = {(byte) 0x82, (byte) 0x87, 0x01, 1, 'v'};
        try (SSLSocket socket = connect("h2")) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_STREAM | END_HEADERS, 1, head(""));
            frame(out, HEADERS, END_STREAM | END_HEADERS, 3, missing);
            frame(out, HEADERS, END_STREAM | END_HEADERS, 5, head("/problems"));
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(answer(in, 1)).isEqualTo("PROTOCOL_ERROR");
            assertThat(answer(in, 3)).startsWith("\u008c").contains("invalid-parameter");
            assertThat(answer(in, 5)).startsWith("\u0088").contains("<h1>Problems</h1>");
        }
    }

    @Test
    void aHeadThatIsTooLongIsAnsweredWithAProblem() throws IOException {
        String answers = answers("GET /problems HTTP/1.1\r\n" + HOST + "X-Long: " + "x".repeat(17 << 10) + "\r\n\r\n");
        assertThat(answers).startsWith("HTTP/1.1 431 ").contains("head-too-large");
        // A header that is kept in the connection's table (0x40), and named again there.
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(head("/problems"));
        head.writeBytes(new byte[] {0x40, 1, 'x', 0x7f, (byte) 0xa1, 0x1e});
        head.writeBytes("x".repeat(0x7f + 0x21 + (0x1e << 7)).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 5; i++) {
            head.write(0xbe);
        }
        try (SSLSocket socket = connect("h2")) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_STREAM | END_HEADERS, 1, head.toByteArray());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            assertThat(answer(in, 1)).contains("431", Problem.MEDIA_TYPE, "head-too-large");
            frame(out, HEADERS, END_STREAM | END_HEADERS, 3, head("/problems"));
            out.flush();
            assertThat(answer(in, 3)).startsWith("\u0088").contains("<h1>Problems</h1>");
        }
    }

    /** Head and body of the answer on this stream, or why it was reset; all other frames are passed over. */
    private static String answer(DataInputStream in, int stream) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            boolean its = in.readInt() == stream;
            byte[] payload = in.readNBytes(length);
            assertThat(type).as("GOAWAY").isNotEqualTo(7);
            if (its && type == RST_STREAM) {
                return payload[3] == 1 ? "PROTOCOL_ERROR" : "error " + payload[3];
            }
            if (its && (type == HEADERS || type == DATA)) {
                answer.append(new String(payload, StandardCharsets.ISO_8859_1));
                if ((flags & END_STREAM) != 0) {
                    return answer.toString();
                }
            }
        }
    }
}
