package io.strongroom.agent.queue;

import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import io.strongroom.evidence.batch.write.BatchSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** A device's disk with one stream's queue on it, which is opened again after each mishap. */
public final class TestDisk {
    public static final StreamName LOGS = new StreamName("audit.logs");
    public static final StreamName HEALTH = new StreamName("telemetry.health");
    public static final String POSITION = "log:/var/log/syslog";
    private static final KeyPair KEYS = keys();

    final Path data;
    final AtomicLong nanos = new AtomicLong();
    private final StreamName stream;

    public TestDisk(Path data, StreamName stream) {
        this.data = data;
        this.stream = stream;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Sealing sealing() {
        return new Sealing() {
            @Override
            public SourceId device() {
                return new SourceId("laptop-7");
            }

            @Override
            public BatchSigner signer() {
                return BatchSigner.of(KEYS.getPrivate(), KEYS.getPublic());
            }

            @Override
            public long sentAt() {
                return 1_795_222_923L;
            }

            @Override
            public String boot() {
                return "boot-1";
            }

            @Override
            public long monotonicMillis() {
                return 4711;
            }
        };
    }

    /** Says what is lost as the agent does, as far as the appliance looks. */
    public static byte[] notice(StreamName stream, Gap gap) {
        return ("{\"action\":\"agent.gap\",\"attributes\":{\"cause\":\""
                        + gap.cause().wire() + "\",\"first\":" + gap.first() + ",\"last\":" + gap.last() + "}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    StreamFolder folder() {
        return StreamFolder.of(data, stream.value());
    }

    public StreamQueue open() {
        try {
            return StreamQueue.open(stream, folder(), TestDisk::notice, sealing(), nanos::get);
        } catch (IOException e) {
            throw new AssertionError("the queue must start", e);
        }
    }

    /** As long as it takes for whatever waits to be due. */
    public void pass() {
        nanos.addAndGet(61_000_000_000L);
    }

    static byte[] line(long number) {
        return ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Appends lines that are told apart by these numbers, and a position that says the last of them. */
    static void append(StreamQueue queue, long first, int count) throws IOException {
        List<byte[]> lines =
                LongStream.range(first, first + count).mapToObj(TestDisk::line).toList();
        queue.append(lines, POSITION, Long.toString(first + count));
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
