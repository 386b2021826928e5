package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.pack.write.Attachment;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field counts as erased only by what the server itself recorded in this ledger, and by not a byte of it changed. */
class SystemRecordTest {
    private static final int PLACE = 4;
    private static final String ERASURE = "system.erasure";
    private static final String SERVER = "strongroom";

    private static String erasing(PackFixture log, int more) {
        List<String> digests = log.disclosures(3).stream()
                .map(disclosure -> '"' + disclosure.digest() + '"')
                .collect(Collectors.toList());
        digests.addAll(Collections.nCopies(more, "\"" + "A".repeat(43) + "\""));
        return "{\"attributes\":{\"digests\":[" + String.join(",", digests) + "]},";
    }

    private static PackFixture log(String stream, String source, long seq, int more) {
        PackFixture log = PackFixture.log(PLACE);
        log.lying(
                erasing(log, more),
                e -> new Entry(
                        seq, e.at(), e.id(), e.policy(), e.prev(), e.record(), e.retain(), source, null, stream));
        return log;
    }

    private static TlogProof proof(PackFixture log, SignedNote head) {
        return TlogProof.of(log.entry(PLACE), InclusionProof.of(log.hashes(), PLACE, log.size()), head);
    }

    private static SignedNote head(PackFixture log) {
        return log.checkpoint(log.size(), PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
    }

    private static Ladder verify(PackFixture log, byte[] record, TlogProof proof, TrustFile trust) {
        byte[] pack = PackFixture.pack(
                log.describe(
                        0,
                        PLACE,
                        Attachment.of("data/erasures/4.json", record),
                        Attachment.of("data/erasures/4.tlog-proof", proof.bytes())),
                log.source(0, PLACE, s -> true, s -> true),
                null);
        return PackFiles.verifyZip(pack, trust);
    }

    private static void assertRefused(Ladder ladder, String file) {
        assertThat(ladder.verdict(Rung.SIGNED).held()).isTrue();
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(file);
        assertThat(ladder.failure().orElseThrow().fork()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "system.erasure, strongroom, true",
        "system.erasures, strongroom, false",
        "audit.default, strongroom, false",
        "system.erasure, door-service, false",
        "system.erasure, strongroom2, false"
    })
    void onlyTheServersOwnRecordsInTheirStreamErase(String stream, String source, boolean erases) {
        PackFixture log = log(stream, source, PLACE, 0);
        Ladder ladder = verify(log, log.record(PLACE), proof(log, head(log)), PackFixture.trust());
        if (erases) {
            assertThat(ladder.failure()).isEmpty();
            assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(2, 0, 2));
        } else {
            assertRefused(ladder, "data/erasures/4.tlog-proof");
        }
    }

    @Test
    void anEntryThatNamesAnotherPlaceThanItsProofErasesNothing() {
        PackFixture log = log(ERASURE, SERVER, PLACE + 1, 0);
        assertRefused(
                verify(log, log.record(PLACE), proof(log, head(log)), PackFixture.trust()),
                "data/erasures/4.tlog-proof");
    }

    @Test
    void aRecordThatTheEntryDoesNotNameErasesNothingThoughItLooksLikeIt() {
        PackFixture log = log(ERASURE, SERVER, PLACE, 0);
        byte[] forged = new String(log.record(PLACE), StandardCharsets.UTF_8)
                .replace("\"v\":1", "\"v\":2")
                .getBytes(StandardCharsets.UTF_8);
        assertRefused(verify(log, forged, proof(log, head(log)), PackFixture.trust()), "data/erasures/4.json");
    }

    @Test
    void aProofThatBringsNoEntryErasesNothing() {
        PackFixture log = log(ERASURE, SERVER, PLACE, 0);
        TlogProof whole = proof(log, head(log));
        TlogProof bare = new TlogProof(Optional.empty(), whole.index(), whole.hashes(), whole.checkpoint());
        assertRefused(verify(log, log.record(PLACE), bare, PackFixture.trust()), "data/erasures/4.tlog-proof");
    }

    @Test
    void aTreeThatNoTrustedKeySignedErasesNothingAndIsNoFork() {
        PackFixture log = log(ERASURE, SERVER, PLACE, 0);
        PackFixture other = log(ERASURE, SERVER, PLACE, 1);
        SignedNote nobodys = other.checkpoint(
                other.size(), NoteSigner.ed25519(PackFixture.ORIGIN, PackFixture.key(SigningAlgorithm.ED25519, 99)));
        assertRefused(
                verify(log, other.record(PLACE), proof(other, nobodys), PackFixture.trust()),
                "data/erasures/4.tlog-proof");
    }

    /** The trust file may know other ledgers, too; what they recorded says nothing about this one. */
    @Test
    void anotherLedgerErasesNothingHereAndIsNoFork() {
        PackFixture log = log(ERASURE, SERVER, PLACE, 0);
        NoteSigner neighbour =
                NoteSigner.ed25519("appliance.example/other/00c0ffee", PackFixture.key(SigningAlgorithm.ED25519, 99));
        TrustFile both = TrustFile.parse(("log " + neighbour.verifierKey().vkey() + "\n"
                        + PackFixture.trust().render())
                .getBytes(StandardCharsets.UTF_8));
        PackFixture other = log(ERASURE, SERVER, PLACE, 1);
        SignedNote head = new Checkpoint(neighbour.name(), other.size(), other.root(other.size())).sign(neighbour);
        assertRefused(verify(log, other.record(PLACE), proof(other, head), both), "data/erasures/4.tlog-proof");
    }

    @ParameterizedTest
    @ValueSource(ints = {998, 999})
    void anErasureNamesAtMostAThousandDigests(int more) {
        PackFixture log = log(ERASURE, SERVER, PLACE, more);
        Ladder ladder = verify(log, log.record(PLACE), proof(log, head(log)), PackFixture.trust());
        if (more == 998) {
            assertThat(ladder.facts().fields()).isEqualTo(new PackFacts.Fields(2, 0, 2));
        } else {
            assertRefused(ladder, "data/erasures/4.json");
        }
    }

    @ParameterizedTest
    @CsvSource({"system.erasure, strongroom, 2", "audit.default, strongroom, 0", "system.erasure, door-service, 0"})
    void inALaterPackToo(String stream, String source, int erased, @TempDir Path folder) throws IOException {
        PackFixture log = log(stream, source, PLACE, 0);
        Path later = Files.write(folder.resolve("later.zip"), log.pack(PLACE, PLACE + 1));
        ErasureRecords records = ErasureRecords.ofPack(later, PackFixture.trust());
        assertThat(records.digests()).hasSize(erased);
        assertThat(records.origin()).isEqualTo(PackFixture.ORIGIN);
    }

    @Test
    void aLaterPackThatDoesNotHoldErasesNothing(@TempDir Path folder) throws IOException {
        byte[] pack = log(ERASURE, SERVER, PLACE, 0).pack(PLACE, PLACE + 1);
        PackFiles files = PackFiles.of(pack);
        files.seal(PackFixture.PACK);
        Path later = Files.createDirectory(folder.resolve("later"));
        for (var file : files.files.entrySet()) {
            Path path = later.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        assertThat(catchThrowable(() -> ErasureRecords.ofPack(later, PackFixture.trust())))
                .isInstanceOf(RefusedException.class);
    }
}
