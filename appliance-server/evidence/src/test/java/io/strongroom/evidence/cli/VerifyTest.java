package io.strongroom.evidence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Vectors;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.tree.InclusionProof;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path trust;

    @BeforeEach
    void writeTrust() throws IOException {
        trust = Files.writeString(
                folder.resolve("trust.txt"), PackFixture.trust().render());
    }

    private int run(Object... args) {
        out.reset();
        err.reset();
        String[] texts = Stream.of(args).map(Object::toString).toArray(String[]::new);
        return new Verify(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        PackFixture.CLOCK)
                .run(texts);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path pack(String name, PackFixture log, int from, int to) throws IOException {
        return Files.write(folder.resolve(name), log.pack(from, to));
    }

    @Test
    void aVerifiedPackExitsWithZeroAndSaysSoInPlainWords() throws IOException {
        Path pack = pack("pack.zip", PackFixture.log(5), 0, 5);
        assertThat(run("verify", pack, "--trust", trust)).isZero();
        assertThat(out())
                .contains("✓ COMPLETE", "✓ INTACT", "✓ SIGNED", "✓ RECORDED", "Verified:", "5 records of acme")
                .contains("– WITNESSED no, and your trust file does not demand it")
                .containsSubsequence(
                        "Not evidence, but the word of", "    data/OPEN-ME.html\n", "manifest.json#/purpose");
    }

    @Test
    void whatWasNotExaminedIsNotSaidToBeMissing() throws IOException {
        byte[] pack = PackFixture.log(5).pack(0, 5);
        pack[pack.length / 2] ^= 1;
        Files.writeString(trust, Files.readString(trust).replace("time optional", "time required"));
        assertThat(run(Files.write(folder.resolve("pack.zip"), pack), "--trust", trust))
                .isEqualTo(1);
        assertThat(out()).contains("– WITNESSED not examined", "– TIMED     not examined", "FAILED:");
    }

    @Test
    void withoutATrustFileItExitsWithThree() throws IOException {
        assertThat(run(pack("pack.zip", PackFixture.log(5), 0, 5))).isEqualTo(3);
        assertThat(out()).contains("Consistent with itself; signer not trusted");
    }

    @Test
    void aChangedByteExitsWithOneAndNamesFileAndPlace() throws IOException {
        Path pack = pack("pack.zip", PackFixture.log(5), 0, 5);
        byte[] bytes = Files.readAllBytes(pack);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("user4@");
        bytes[at]++;
        Files.write(pack, bytes);
        assertThat(run(pack, "--trust", trust)).isEqualTo(1);
        assertThat(out()).contains("✗ INTACT", "data/records/part-00000.ndjson", "FAILED: do not rely on this pack.");
        assertThat(run(pack, "--trust", trust, "--json")).isEqualTo(1);
        assertThat(out()).startsWith("{\"exitCode\":1,").contains("\"place\":4", "\"verified\":false");
    }

    @Test
    void wrongUsageExitsWithTwo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(run("a", "--trust")).isEqualTo(2);
        assertThat(run(folder.resolve("none.zip"))).isEqualTo(2);
        Path bad = Files.writeString(folder.resolve("bad.txt"), "nonsense\n");
        assertThat(run(pack("pack.zip", PackFixture.log(2), 0, 2), "--trust", bad))
                .isEqualTo(2);
        assertThat(err()).contains("line 1");
    }

    @Test
    void aBareProofHoldsWithItsRecordAndNotWithAnother() throws IOException {
        PackFixture log = PackFixture.log(9);
        SignedNote checkpoint = log.checkpoint(9, PackFixture.LOG_SIGNER);
        TlogProof proof = TlogProof.of(log.entry(4), InclusionProof.of(log.hashes(), 4, 9), checkpoint);
        Path file = Files.write(folder.resolve("r.tlog-proof"), proof.bytes());
        Path record = Files.write(folder.resolve("r.json"), log.record(4));
        Path other = Files.write(folder.resolve("o.json"), log.record(5));
        assertThat(run(file, "--trust", trust, "--record", record)).isZero();
        assertThat(out()).contains("The record given is the one");
        assertThat(run(file, "--trust", trust)).isZero();
        assertThat(run(file)).isEqualTo(3);
        assertThat(run(file, "--trust", trust, "--record", other)).isEqualTo(1);

        SignedNote elsewhere = PackFixture.log(9, 8).checkpoint(9, PackFixture.LOG_SIGNER);
        TlogProof astray = new TlogProof(proof.extra(), proof.index(), proof.hashes(), elsewhere);
        Path wrong = Files.write(folder.resolve("w.tlog-proof"), astray.bytes());
        assertThat(run(wrong)).isEqualTo(1);
        assertThat(run(wrong, "--trust", trust)).isEqualTo(1);
        String witness = "witness w " + PackFixture.LOG_PQ_SIGNER.verifierKey().vkey() + "\nquorum w\n";
        Files.writeString(trust, Files.readString(trust).replace("quorum none\n", witness));
        assertThat(run(file, "--trust", trust)).isEqualTo(1);
        assertThat(out() + err()).contains("quorum w");
    }

    @Test
    void theTilesOfOtherLogsAreMadeAnew() throws IOException {
        Path fifteen = Vectors.path("tlog-tiles-15");
        Path key = Files.writeString(
                folder.resolve("log.txt"),
                "log " + Vectors.text("tlog-tiles-15/LOG.vkey").strip() + "\nquorum none\n");
        assertThat(run(fifteen, "--trust", key)).as(out() + err()).isZero();
        assertThat(out()).contains("All 15 entries match their leaves");
        Path mirror = Vectors.path(
                "tlog-tiles-300/witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706");
        // Its entries are fakes, and found out.
        assertThat(run(mirror)).isEqualTo(1);
        assertThat(out()).contains("tile/entries/000");
        Path hashes = copyWithoutEntries(mirror);
        assertThat(run(hashes)).as(out()).isEqualTo(3);
        Path tile = hashes.resolve("tile/1/000.p/1");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[0] ^= 1;
        Files.write(tile, bytes);
        assertThat(run(hashes)).isEqualTo(1);
        assertThat(out()).contains("tile/1/000.p/1");
    }

    private Path copyWithoutEntries(Path log) throws IOException {
        Path copy = folder.resolve("log");
        try (Stream<Path> files = Files.walk(log)) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                if (!file.toString().contains("entries")) {
                    Path target = copy.resolve(log.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
        return copy;
    }

    @Test
    void aWitnessSignsALogThatGrewAndNeverOneThatShrankOrForked() throws IOException {
        Path key = folder.resolve("witness.key");
        assertThat(run("--make-key", key, "--name", "auditor.example/w1")).isZero();
        String line = out().lines().skip(1).findFirst().orElseThrow();
        PackFixture log = PackFixture.log(9);
        Path first = Files.write(folder.resolve("first.zip"), PackFixture.log(6).pack(0, 6));
        assertThat(run(first, "--trust", trust, "--cosign", key)).as(err()).isZero();
        Path second = pack("second.zip", log, 4, 9);
        assertThat(run(second, "--trust", trust, "--cosign", key)).as(err()).isZero();
        SignedNote cosigned = SignedNote.parse(Files.readAllBytes(folder.resolve("second.zip.cosigned.note")));
        assertThat(cosigned.signatures()).hasSize(3);
        assertThat(line).startsWith("witness auditor.example-w1 auditor.example/w1+");

        assertThat(run(first, "--trust", trust, "--cosign", key)).isEqualTo(1);
        assertThat(err()).contains("is older");
        Path fork = pack("fork.zip", PackFixture.log(12, 8), 0, 12);
        assertThat(run(fork, "--trust", trust, "--cosign", key)).isEqualTo(1);
        assertThat(err()).contains("THE LOG CONTRADICTS ITSELF");
        Path gap = pack("gap.zip", PackFixture.log(14), 11, 14);
        assertThat(run(gap, "--trust", trust, "--cosign", key)).isEqualTo(1);
        assertThat(err()).contains("does not show that the log grew from size 9");
        assertThat(run(gap, "--cosign", key)).isEqualTo(3);
        assertThat(run("--make-key", key, "--name", "again")).isEqualTo(2);
    }

    @Test
    void laterErasureRecordsTurnWithheldFieldsIntoErasedOnes() throws IOException {
        PackFixture log = PackFixture.log(4);
        Path pack = pack("pack.zip", log, 0, 4);
        assertThat(run(pack, "--trust", trust)).isZero();
        assertThat(out()).contains("2 shown and proven, 2 withheld, 0 erased");
        // The fields of record 3 were withheld; their digests stand in its _sd.
        String digests = log.disclosures(3).stream()
                .map(disclosure -> '"' + disclosure.digest() + '"')
                .collect(Collectors.joining(","));
        log.system("system.erasure", "{\"digests\":[" + digests + "]}");
        Path erasures = pack("erasures.zip", log, 4, 5);
        assertThat(run(pack, "--trust", trust, "--with", erasures)).as(err()).isZero();
        assertThat(out()).contains("2 shown and proven, 0 withheld, 2 erased");
    }
}
