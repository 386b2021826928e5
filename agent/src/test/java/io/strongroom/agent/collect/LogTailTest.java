package io.strongroom.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.line.DeviceLines;
import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.SourceId;
import io.strongroom.evidence.StreamName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTailTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final Kept kept = new Kept();

    /** What a queue does: records and position, both or neither. */
    private static final class Kept implements Intake {
        final List<Json.Obj> records = new ArrayList<>();
        private final Map<String, String> positions = new HashMap<>();

        @Override
        public void take(List<AuditRecord.Builder> taken, String key, String position) {
            taken.forEach(record -> records.add(record.build().toJson()));
            positions.put(key, position);
        }

        @Override
        public Optional<String> position(String key) {
            return Optional.ofNullable(positions.get(key));
        }

        List<String> lines() {
            return records.stream()
                    .map(record -> record.object("attributes").text("line"))
                    .toList();
        }
    }

    private Path log() {
        return folder.resolve("app.log");
    }

    /** As after a start: it knows nothing but what is in the queue. */
    private LogTail tail() {
        return new LogTail(
                log(),
                new StreamName("audit.logs"),
                true,
                true,
                new DeviceLines(new SourceId("laptop-7"), "acme"),
                now::get);
    }

    private void readAll() throws IOException {
        readAll(tail());
    }

    private void readAll(LogTail tail) throws IOException {
        int looks = 0;
        while (tail.read(kept)) {
            assertThat(looks++).isLessThan(1000);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(log(), FileTime.from(now.get()));
    }

    private void pass() {
        now.updateAndGet(instant -> instant.plusSeconds(10));
    }

    private void rename() throws IOException {
        for (int i = 8; i > 0; i--) {
            for (String suffix : List.of("", ".gz")) {
                Path older = folder.resolve("app.log." + i + suffix);
                if (Files.exists(older)) {
                    Files.move(older, folder.resolve("app.log." + (i + 1) + suffix));
                }
            }
        }
        Files.move(log(), folder.resolve("app.log.1"));
        Files.createFile(log());
        Files.setLastModifiedTime(log(), FileTime.from(now.get()));
    }

    private void copyAndTruncate() throws IOException {
        Path original = log();
        byte[] content = Files.readAllBytes(original);
        FileTime written = Files.getLastModifiedTime(original);
        Files.move(original, folder.resolve("moving"));
        Files.createFile(original);
        rename();
        Files.delete(original);
        Files.move(folder.resolve("moving"), original);
        Files.write(folder.resolve("app.log.1"), content);
        Files.setLastModifiedTime(folder.resolve("app.log.1"), written);
        Files.write(original, new byte[0]);
        Files.setLastModifiedTime(original, FileTime.from(now.get()));
    }

    private void compressOlder() throws IOException {
        Path plain = folder.resolve("app.log.1");
        if (!Files.exists(plain)) {
            return;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(Files.readAllBytes(plain));
        }
        FileTime written = Files.getLastModifiedTime(plain);
        Files.write(folder.resolve("app.log.1.gz"), packed.toByteArray());
        Files.setLastModifiedTime(folder.resolve("app.log.1.gz"), written);
        Files.delete(plain);
    }

    private static String line(int number) {
        return "2026-11-21T12:00:00Z host app[1]: this is event number " + number + "\n";
    }

    private static List<String> upTo(int end) {
        return IntStream.range(0, end).mapToObj(n -> line(n).strip()).toList();
    }

    @Test
    void linesAreRecordsAndAnUnfinishedLineWaitsForItsEnd() throws IOException {
        write(line(0) + "2026-11-21T12:00:00Z host app[1]: this is ");
        pass();
        readAll();
        assertThat(kept.lines()).isEqualTo(upTo(1));
        write("event number 1\n");
        pass();
        readAll();

        assertThat(kept.lines()).isEqualTo(upTo(2));
        Json.Obj record = kept.records.getFirst();
        assertThat(record.object("source").text("id")).isEqualTo("laptop-7");
        assertThat(record.text("stream")).isEqualTo("audit.logs");
        assertThat(record.object("attributes").text("file")).isEqualTo(log().toString());
    }

    @Test
    void aRenamedFileIsReadToItsEndAndThenTheNewOne() throws IOException {
        write(line(0));
        pass();
        readAll();
        write(line(1) + line(2));
        pass();
        rename();
        write(line(3));
        pass();
        readAll();

        assertThat(kept.lines()).isEqualTo(upTo(4));
    }

    @Test
    void aCopiedAndTruncatedFileIsReadFromTheCopy() throws IOException {
        write(line(0));
        pass();
        readAll();
        write(line(1));
        pass();
        copyAndTruncate();
        write(line(2));
        pass();
        readAll();

        assertThat(kept.lines()).isEqualTo(upTo(3));
    }

    @Test
    void severalRotationsBetweenTwoLooksAndCompressionMakeNoDifference() throws IOException {
        write(line(0));
        pass();
        readAll();
        write(line(1));
        for (int i = 2; i < 5; i++) {
            pass();
            rename();
            compressOlder();
            pass();
            write(line(i));
        }
        pass();
        readAll();

        assertThat(kept.lines()).isEqualTo(upTo(5));
    }

    @Test
    void aClockThatIsSetBackByADayKeepsNoLineBackAndDoublesNone() throws IOException {
        LogTail tail = tail();
        write(line(0));
        pass();
        readAll(tail);
        write(line(1));
        now.updateAndGet(instant -> instant.minus(Duration.ofDays(1)));
        readAll(tail);
        assertThat(kept.lines()).as("the last line, written in times to come").isEqualTo(upTo(2));
        for (int i = 2; i < 5; i++) {
            pass();
            rename();
            write(line(i));
            pass();
            readAll(tail);
        }
        assertThat(kept.lines()).isEqualTo(upTo(5));
    }

    @Test
    void whateverIsWrittenRotatedAndHoweverOftenItStartsEachLineIsThereOnce() throws IOException {
        Random random = new Random(4711);
        int next = 0;
        write(line(next++));
        pass();
        readAll();
        for (int step = 0; step < 300; step++) {
            pass();
            switch (random.nextInt(5)) {
                case 0 -> readAll();
                case 1 -> {
                    boolean unused = tail().read(kept);
                }
                case 2 -> {
                    if (Files.size(log()) > 300 && !Files.exists(folder.resolve("app.log.6"))) {
                        rename();
                        write(line(next++));
                    }
                }
                default -> {
                    for (int i = 0; i < random.nextInt(150); i++) {
                        write(line(next++));
                    }
                }
            }
            pass();
            readAllOfOld(random);
        }
        pass();
        readAll();
        assertThat(kept.lines()).isEqualTo(upTo(next));
    }

    /** Older files go once they were read. */
    private void readAllOfOld(Random random) throws IOException {
        if (random.nextInt(10) == 0) {
            readAll();
            for (int i = 1; i < 9; i++) {
                Files.deleteIfExists(folder.resolve("app.log." + i));
            }
        }
    }

    @Test
    void whatIsNowhereAnyMoreIsToldOnce() throws IOException {
        write(line(0));
        pass();
        readAll();
        Files.delete(log());
        write("another\n");
        pass();
        readAll();

        assertThat(kept.records.stream().map(record -> record.text("action")))
                .filteredOn(action -> action.equals("Log.Lost"))
                .hasSize(1);
        assertThat(kept.records.getLast().object("attributes").text("line")).isEqualTo("another");
    }

    @Test
    void linesThatBeginWithABlankBelongToTheOneBeforeAndTheLastWaitsForThem() throws IOException {
        write("Exception in thread\n\tat one\n");
        readAll();
        assertThat(kept.lines()).isEmpty();
        write("\tat two\n");
        readAll();
        write("Next\n");
        readAll();
        assertThat(kept.lines()).containsExactly("Exception in thread\n\tat one\n\tat two");
        pass();
        readAll();
        assertThat(kept.lines()).hasSize(2).endsWith("Next");
    }

    @Test
    void aLineWithoutEndDoesNotFillTheMemoryAndIsKeptInParts() throws IOException {
        String endless = "x".repeat(500_000);
        write(endless + "\n");
        pass();
        readAll();

        assertThat(String.join("", kept.lines())).isEqualTo(endless);
        for (Json.Obj record : kept.records) {
            assertThat(record.bytes().length).isLessThan(64 << 10);
        }
    }
}
