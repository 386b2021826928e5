package io.strongroom.server.packs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.ExportState;
import io.strongroom.api.Selection;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.server.privacy.TestVisibility;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs of a ledger, by the real writer, read by the real verifier and by an engine for tables. */
class LedgerPacksTest {
    private final Path folder;
    private final MemoryLedger ledger = new MemoryLedger();
    private LedgerPacks packs;

    LedgerPacksTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.packs = TestPacks.of(ledger, ledger::hashes, ledger::root, folder);
    }

    @Test
    void aPackOfTheWholeLedgerVerifies() throws IOException {
        ledger.append(1000);

        Map<String, byte[]> files = unzip(pack(Selection.ALL, ExportFormat.NDJSON));

        assertThat(lines(files, "data/records/part-00000.ndjson")).hasSize(1000);
        assertThat(lines(files, "data/entries/part-00000.ndjson")).hasSize(1000);
        assertThat(files.get("proofs/leaves-0-1000.bin")).hasSize(1000 * Digest.BYTES);
    }

    @Test
    void aPackOfASelectionProvesHowManyWereLeftOut() throws IOException {
        ledger.append(1000);

        Map<String, byte[]> files = unzip(pack(selection(100L, 499L, "user-3"), ExportFormat.NDJSON));

        assertThat(lines(files, "data/records/part-00000.ndjson")).hasSize(40).allSatisfy(line -> assertThat(line)
                .contains("\"user-3\""));
        assertThat(lines(files, "data/entries/part-00000.ndjson")).hasSize(40);
        assertThat(files.get("proofs/leaves-100-500.bin")).hasSize(400 * Digest.BYTES);
        assertThat(text(files, "manifest.json")).contains("\"notSelected\":360");
    }

    @Test
    void aSelectionOfNothingIsAPackThatSaysSo() throws IOException {
        ledger.append(10);

        Map<String, byte[]> files = unzip(pack(selection(null, null, "nobody"), ExportFormat.NDJSON));

        assertThat(text(files, "manifest.json")).contains("\"notSelected\":10");
    }

    @Test
    void aRecordThatIsNotForItsReaderIsInThePackByItsEntryAlone() throws IOException {
        packs = TestPacks.of(
                ledger,
                ledger::hashes,
                ledger::root,
                Files.createDirectory(folder.resolve("masked")),
                TestVisibility.showing(stored -> !new String(stored, UTF_8).contains("\"user-3\"")));
        ledger.append(100);

        Map<String, byte[]> files = unzip(pack(Selection.ALL, ExportFormat.PARQUET));

        assertThat(lines(files, "data/records/part-00000.ndjson")).hasSize(90);
        assertThat(lines(files, "data/entries/part-00000.ndjson")).hasSize(100);
        assertThat(text(files, "data/records/part-00000.ndjson")).doesNotContain("\"user-3\"");
        assertThat(lines(files, "data/masked/part-00000.ndjson"))
                .as("each says why it is not here")
                .hasSize(10)
                .allSatisfy(line -> assertThat(line).contains("\"fields\":[],\"reason\":\"not for you\""));
        assertThat(new String(requireNonNull(files.get("data/tables/part-00000.parquet")), UTF_8))
                .doesNotContain("user-3");
        assertThat(lines(unzip(pack(selection(null, null, "user-3"), ExportFormat.NDJSON)), "manifest.json"))
                .as("what is hidden is no way to find it")
                .singleElement()
                .asString()
                .contains("\"notSelected\":100");
    }

    @Test
    void aRangeOutsideTheLedgerIsRefused() {
        ledger.append(10);

        assertThatThrownBy(() -> packs.freeze(job(selection(11L, null, null), ExportFormat.NDJSON)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 entries");
    }

    @Test
    void theSameInputsGiveTheSameBytesButForTheSignedManifests() throws IOException {
        ledger.append(500);
        ExportJob job = job(Selection.ALL, ExportFormat.PARQUET);
        FrozenInputs frozen = packs.freeze(job);
        Path first = write(job, frozen, "first");
        ledger.append(300);
        Path second = write(job, frozen, "second");

        Map<String, byte[]> before = unzip(first);
        Map<String, byte[]> after = unzip(second);
        Set<String> differ = new TreeSet<>();
        before.forEach((name, bytes) -> {
            if (!Arrays.equals(bytes, after.get(name))) {
                differ.add(name);
            }
        });

        assertThat(after.keySet()).isEqualTo(before.keySet());
        assertThat(differ).isSubsetOf("manifest.dsse.json", "tagmanifest-sha256.txt");
        assertThat(verify(second).held()).isTrue();
    }

    @Test
    void aParquetPackHasTheSelectedRecordsAsATable() throws Exception {
        ledger.append(1000);

        Map<String, byte[]> files = unzip(pack(selection(null, 499L, "user-7"), ExportFormat.PARQUET));
        Path table = folder.resolve("records.parquet");
        Files.write(table, requireNonNull(files.get("data/tables/part-00000.parquet")));

        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            assertThat(row(
                            statement,
                            "SELECT count(*), min(seq), max(seq), min(actorId), max(actorId), "
                                    + "min(labels['env']), count(DISTINCT recordId), min(classification) FROM '" + table
                                    + "'"))
                    .isEqualTo("50 7 497 user-7 user-7 prod 50 INTERNAL");
            assertThat(row(
                            statement,
                            "SELECT epoch_ms(\"at\"), epoch_ms(occurredAt), recordDigest, attributes, sourceSeq FROM '"
                                    + table + "' WHERE seq = 17"))
                    .isEqualTo((MemoryLedger.MIDNIGHT + 17) + " " + (MemoryLedger.MIDNIGHT + 17) + " "
                            + ledger.row(17).entry().record() + " {\"carrier\":\"DHL\"} 17");
        }
        assertThat(Files.list(folder.resolve("spool"))).isEmpty();
    }

    @Test
    void aPackIsMadeInMemoryThatDoesNotGrowWithIt() throws Exception {
        Path log = folder.resolve("child.log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx80m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyRecords.class.getName(),
                        Files.createDirectory(folder.resolve("child")).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(child.waitFor(240, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }

        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("made " + ManyRecords.COUNT);
    }

    private Path pack(Selection selection, ExportFormat format) throws IOException {
        ExportJob job = job(selection, format);
        Path pack = write(job, packs.freeze(job), "pack");
        Ladder ladder = verify(pack);
        assertThat(ladder.held()).as(ladder.toString()).isTrue();
        return pack;
    }

    private Path write(ExportJob job, FrozenInputs frozen, String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        packs.make(job, frozen, out, (done, total) -> {});
        return Files.write(folder.resolve(name + ".zip"), out.toByteArray());
    }

    private static Ladder verify(Path pack) throws IOException {
        return new PackVerifier(null, Set.of()).verify(pack);
    }

    static ExportJob job(Selection selection, ExportFormat format) {
        return new ExportJob(
                "01J00000000000000000000000",
                "t1",
                "auditor",
                new io.strongroom.policies.Caller("t1", java.util.Set.of("Export.Operator"), Map.of()),
                new ExportRequest(selection, format, "yearly audit"),
                ExportState.RUNNING,
                0,
                null,
                0,
                0,
                null,
                null);
    }

    private static Selection selection(@Nullable Long fromSeq, @Nullable Long toSeq, @Nullable String actor) {
        return Selection.where().fromSeq(fromSeq).toSeq(toSeq).actor(actor).build();
    }

    private static List<String> lines(Map<String, byte[]> files, String name) {
        return text(files, name).lines().toList();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(requireNonNull(files.get(name), name), UTF_8);
    }

    private static Map<String, byte[]> unzip(Path pack) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            for (ZipEntry entry : new ArrayList<>(zip.stream().toList())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static String row(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            ArrayList<String> values = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                values.add(String.valueOf(result.getObject(i)));
            }
            return String.join(" ", values);
        }
    }
}
