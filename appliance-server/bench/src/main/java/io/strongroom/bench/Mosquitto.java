package io.strongroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The peer: Mosquitto with persistence as it comes, on loopback, without TLS. A subscriber that is away keeps a durable
 * session, so that every message has somebody to be kept for.
 */
final class Mosquitto implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));

    private final Process process;
    private final int port;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it in a folder; empty if this machine has none. */
    static Optional<Mosquitto> start(Path folder) throws IOException, InterruptedException {
        Optional<Path> program = PLACES.stream().filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        int port = freePort();
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, """
                listener %d 127.0.0.1
                allow_anonymous true
                user %s
                persistence true
                persistence_location %s/
                max_queued_messages 0
                """.formatted(port, System.getProperty("user.name"), folder));
        Process process = new ProcessBuilder(program.get().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        Mosquitto mosquitto = new Mosquitto(process, port);
        try {
            mosquitto.awaitOpen();
            mosquitto.subscribeDurably();
            return Optional.of(mosquitto);
        } catch (IOException | InterruptedException e) {
            mosquitto.close();
            throw e;
        }
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

    URI url() {
        return URI.create("tcp://127.0.0.1:" + port);
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
