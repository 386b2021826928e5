package io.strongroom.server.objects;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An S3 server in a process of its own: Adobe's S3Mock, which the build puts beside the classes. */
final class S3MockServer implements AutoCloseable {
    private static final Path JAR = Path.of("target", "s3", "s3mock.jar");

    private final Process process;
    private final int port;

    private S3MockServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port of the loopback interface, with one bucket; returns when it answers. */
    static S3MockServer start(Path folder, String bucket) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException("there is no " + JAR.toAbsolutePath()
                    + "; run the test by Maven, which copies the S3 server there");
        }
        int port = freePort();
        int securePort = freePort();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + securePort,
                        "--com.adobe.testing.s3mock.http-port=" + port,
                        "--com.adobe.testing.s3mock.store.initial-buckets=" + bucket,
                        "--com.adobe.testing.s3mock.store.root=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3mock.log").toFile())
                .start();
        S3MockServer server = new S3MockServer(process, port);
        try {
            await().atMost(Duration.ofSeconds(90)).until(() -> !process.isAlive() || answers(port));
            if (!process.isAlive()) {
                throw new IOException("the S3 server ended: " + Files.readString(folder.resolve("s3mock.log")));
            }
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
