package io.strongroom.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.AuditRecord;
import io.strongroom.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogRecordsTest {
    @TempDir
    private Path folder;

    private List<Json.Obj> records(byte[] content) throws IOException {
        Path path = folder.resolve("some.log");
        Files.write(path, content);
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-02-03T04:05:06Z")));
        return records(new LogFile(path, "some.log", "some.log", 0));
    }

    private static List<Json.Obj> records(LogFile file) throws IOException {
        List<Json.Obj> all = new ArrayList<>();
        try (LogRecords records = new LogRecords(file, ZoneOffset.UTC)) {
            records.forEachRemaining((AuditRecord record) -> all.add(record.toJson()));
        }
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(List<Json.Obj> records) {
        return records.stream()
                .map(record -> record.object("attributes").text("line"))
                .toList();
    }

    @Test
    void keepsEveryLineWholeAndInOrder() throws IOException {
        List<Json.Obj> records = records(utf8("first\n\n  third \r\nlast without an end"));

        assertThat(lines(records)).containsExactly("first", "", "  third ", "last without an end");
        assertThat(records)
                .extracting(record -> record.object("source").integer("sequence"))
                .containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void anEmptyFileHasNoLines() throws IOException {
        assertThat(records(new byte[0])).isEmpty();
    }

    @Test
    void fillsInFromWhereTheLineStandsWhatItDoesNotTell() throws IOException {
        Json.Obj record = records(utf8("nothing to see here\n")).getFirst();

        assertThat(record.text("action")).isEqualTo("Log.Line");
        assertThat(record.object("actor")).hasToString("{\"type\":\"LogSource\",\"id\":\"some.log\"}");
        assertThat(record.object("resource")).hasToString("{\"type\":\"LogFile\",\"id\":\"some.log\"}");
        assertThat(record.text("occurredAt")).isEqualTo("2026-02-03T04:05:06.000Z");
        assertThat(record.object("attributes").text("timeFrom")).isEqualTo("file");
    }

    @Test
    void aLineWithoutATimeHasTheTimeOfTheLineBefore() throws IOException {
        List<Json.Obj> records = records(utf8("2026-01-01T00:00:00Z oops\n\tat x.Y.z(Y.java:1)\n"));

        assertThat(records.get(1).text("occurredAt")).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(records.get(1).object("attributes").text("timeFrom")).isEqualTo("line before");
    }

    @Test
    void bytesThatAreNotUtf8CanBeHadAgain() throws IOException {
        byte[] line = {'a', (byte) 0xff, '\\', 'x', (byte) 0xc3, '(', 'z', (byte) 0xe2, (byte) 0x82};

        Json.Obj attributes = records(line).getFirst().object("attributes");

        assertThat(attributes.text("line")).isEqualTo("a\\xff\\\\x\\xc3(z\\xe2\\x82");
        assertThat(attributes.text("lineEncoding")).contains("not UTF-8");
    }

    @Test
    void aLineTooLongForOneRecordGoesOverSeveralAndLosesNothing() throws IOException {
        String line = "\u0001é€😀\"\\".repeat(20_000);

        List<Json.Obj> records = records(utf8("short\n" + line + "\nshort\n"));

        assertThat(records).allSatisfy(record -> assertThat(record.bytes()).hasSizeLessThan(64 * 1024));
        List<Json.Obj> parts = records.subList(1, records.size() - 1);
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts.stream()
                        .map(part -> part.object("attributes").text("line"))
                        .collect(Collectors.joining()))
                .isEqualTo(line);
        assertThat(parts.get(1).object("attributes").integer("part")).isEqualTo(2);
        assertThat(parts.get(1).object("attributes").integer("lineNumber")).isEqualTo(2);
    }

    @Test
    void aLineLongerThanMemoryIsMeantToHoldComesInPieces() throws IOException {
        String line = "x".repeat(LineSplitter.MOST + 5);

        List<Json.Obj> records = records(utf8(line + "\nnext\n"));

        assertThat(String.join("", lines(records))).isEqualTo(line + "next");
        assertThat(records.getLast().object("attributes").integer("lineNumber")).isEqualTo(2);
    }

    @Test
    void aTellingLineHoldsWhatItTellsAndItself() throws IOException {
        String line = "Feb  1 04:05:06 web1 sshd[812]: Failed password for root from 198.51.100.4 port 22 ssh2";

        Json.Obj record = records(utf8(line)).getFirst();

        assertThat(record.text("outcome")).isEqualTo("failure");
        assertThat(record.object("labels").text("format")).isEqualTo("sshd");
        assertThat(record.object("attributes").text("line")).isEqualTo(line);
        assertThat(record.object("attributes").text("address")).isEqualTo("198.51.100.4");
        assertThat(record.object("attributes").text("timeFrom")).isEqualTo("line; year and zone assumed");
    }

    @Test
    void cloudTrailsOwnFilesAreOneRecordAnEvent() throws IOException {
        String event = "{\"eventName\": \"A\",\n \"eventSource\": \"s3.amazonaws.com\"}";

        List<Json.Obj> records = records(utf8("{\"Records\": [" + event + ", " + event + "]}"));

        assertThat(lines(records)).containsExactly(event, event);
        assertThat(records).extracting(record -> record.text("action")).containsOnly("s3.A");
    }

    @Test
    void jsonOverManyLinesIsOneRecordAnEvent() throws IOException {
        List<Json.Obj> records = records(utf8("[\n  {\n    \"user\": \"a\"\n  },\n  {\"user\": \"b\"}\n]\n"));

        assertThat(records)
                .extracting(record -> record.object("actor").text("id"))
                .containsExactly("a", "b");
    }

    @Test
    void whatOnlyBeginsLikeJsonIsReadByLines() throws IOException {
        assertThat(lines(records(utf8("{ not json\nat all }\n")))).containsExactly("{ not json", "at all }");
        assertThat(lines(records(utf8("[2026-01-01 00:00:00] a\n[2026-01-01 00:00:01] b\n"))))
                .hasSize(2);
    }

    @Test
    void packedAndForeignEncodingsAreReadAsTheirText() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(utf8("one\ntwo\n"));
        }

        assertThat(lines(records(packed.toByteArray()))).containsExactly("one", "two");
        assertThat(lines(records(("\uFEFF" + "é😀\nb\n".repeat(5_000)).getBytes(StandardCharsets.UTF_16LE))))
                .hasSize(10_000)
                .containsOnly("é😀", "b");
        assertThat(lines(records(utf8("\uFEFFa\n")))).containsExactly("a");
    }

    @Test
    void theNewestPartOfALargeFileBeginsWithAWholeLine() throws IOException {
        Path path = folder.resolve("tail.log");
        Files.writeString(path, "aaaa\nbbbb\ncccc\n");

        assertThat(lines(records(new LogFile(path, "tail", "tail", 7)))).containsExactly("cccc");
        assertThat(lines(records(new LogFile(path, "tail", "tail", 5)))).containsExactly("bbbb", "cccc");
    }

    @Test
    void sourcesAreValidAndNeverTheSame() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("d"));
        for (String name : List.of("strongroom", "Über Log.txt", "__.log", "x".repeat(200))) {
            Files.writeString(odd.resolve(name), "x\n");
        }
        LogFiles files = new LogFiles().add(odd).add(odd);

        assertThat(files.files())
                .extracting(LogFile::source)
                .doesNotHaveDuplicates()
                .allSatisfy(source -> {
                    assertThat(new io.strongroom.evidence.SourceId(source).value())
                            .isEqualTo(source);
                    assertThat(source).isNotEqualTo("strongroom");
                });
    }

    @Test
    void ofThisMachinesFolderOnlyTextIsTaken() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("log"));
        Files.createDirectory(logs.resolve("apt"));
        Files.writeString(logs.resolve("apt/history.log"), "Start-Date: 2026-02-03  04:05:06\n");
        Files.write(logs.resolve("wtmp"), new byte[] {1, 0, 0, 0, 2});
        Files.write(logs.resolve("empty.log"), new byte[0]);

        assertThat(new LogFiles().addLogsOf(logs).files())
                .extracting(LogFile::source)
                .containsExactly("apt.history.log");
    }
}
