package io.strongroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The peer: Mosquitto with persistence as it comes, on loopback, in clear or under TLS. A subscriber that is away keeps a
 * durable session, so that every message has somebody to be kept for.
 */
final class Mosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));

    private final Process process;
    private final int port;
    private final int publishers;
    private final @Nullable SSLContext tls;

    /** @param port in clear, which is there in any case */
    private Mosquitto(Process process, int port, int publishers, @Nullable SSLContext tls) {
        this.process = process;
        this.port = port;
        this.publishers = publishers;
        this.tls = tls;
    }

    /** What publishers speak. */
    enum Wire {
        CLEAR,
        TLS;

        @Override
        public String toString() {
            return this == CLEAR ? "in clear" : "under TLS";
        }
    }

    /** Starts it in a folder; empty if this machine has none. */
    static Optional<Mosquitto> start(Path folder, Wire wire)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        int port = freePort();
        String listeners = listener(port);
        SelfSigned certificate = null;
        int publishers = port;
        if (wire == Wire.TLS) {
            certificate = SelfSigned.make(folder);
            publishers = freePort();
            listeners += listener(publishers)
                    + "certfile " + certificate.certificateFile() + "\nkeyfile " + certificate.keyFile()
                    + "\ntls_version tlsv1.3\n";
        }
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, listeners + """
                allow_anonymous true
                user %s
                persistence true
                persistence_location %s/
                max_queued_messages 0
                """.formatted(System.getProperty("user.name"), folder));
        Process process = new ProcessBuilder(program.get().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        Mosquitto mosquitto =
                new Mosquitto(process, port, publishers, certificate == null ? null : certificate.clients());
        try {
            mosquitto.awaitOpen();
            mosquitto.subscribeDurably();
            return Optional.of(mosquitto);
        } catch (IOException | InterruptedException e) {
            mosquitto.close();
            throw e;
        }
    }

    private static String listener(int port) {
        return "listener " + port + " 127.0.0.1\n";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitOpen() throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IOException("mosquitto does not listen");
    }

    /** CONNECT with a session that stays, SUBSCRIBE to everything of devices at QoS 1, DISCONNECT (MQTT 3.1.1 §3). */
    private void subscribeDurably() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] name = "keeper".getBytes(StandardCharsets.US_ASCII);
            byte[] topic = "d/#".getBytes(StandardCharsets.US_ASCII);
            var out = socket.getOutputStream();
            out.write(new byte[] {
                0x10, (byte) (12 + name.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 0, 0, 60, 0, (byte) name.length
            });
            out.write(name);
            out.write(new byte[] {(byte) 0x82, (byte) (5 + topic.length), 0, 1, 0, (byte) topic.length});
            out.write(topic);
            out.write(1);
            out.flush();
            if (socket.getInputStream().readNBytes(9).length != 9) {
                throw new IOException("mosquitto did not take the subscription");
            }
            out.write(new byte[] {(byte) 0xe0, 0});
        }
    }

    /** Where publishers connect. */
    URI url() {
        return URI.create("tcp://127.0.0.1:" + publishers);
    }

    /** What publishers trust; null in clear. */
    @Nullable
    SSLContext tls() {
        return tls;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
