package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.ledger.Entry;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An appliance has all its keys: what its ledger says is signed, and must still not contradict itself. */
class LyingLedgerTest {
    private static final int PLACE = 5;
    private static final byte[] OTHER_ID = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    private static final Digest OTHER = Digest.of(new byte[] {7});

    private static final Map<String, UnaryOperator<Entry>> LIES = Map.of(
            "prev", e -> entry(e.seq(), e.at(), e.id(), OTHER, e.record()),
            "earlier", e -> entry(e.seq(), PackFixture.START - 1, e.id(), e.prev(), e.record()),
            "before", e -> entry(e.seq() - 1, e.at(), e.id(), e.prev(), e.record()),
            "behind", e -> entry(e.seq() + 1, e.at(), e.id(), e.prev(), e.record()),
            "record", e -> entry(e.seq(), e.at(), e.id(), e.prev(), OTHER),
            "id", e -> entry(e.seq(), e.at(), RecordId.of(e.id().epochMillis(), OTHER_ID), e.prev(), e.record()));

    private static Entry entry(long seq, long at, RecordId id, Digest prev, Digest record) {
        Digest policy = PackFixture.log(0).policy();
        return new Entry(seq, at, id, policy, prev, record, "audit-7y", "door-service", seq, "audit.default");
    }

    private static Ladder verify(int before, String members, UnaryOperator<Entry> lie) {
        PackFixture log = PackFixture.log(before);
        log.lying(members, lie);
        log.grow(3, 0);
        return PackFiles.verifyZip(log.pack(0, log.size()), PackFixture.trust());
    }

    private static void assertRefused(Ladder ladder, int place) {
        assertThat(ladder.verdict(Rung.SIGNED).held()).isTrue();
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().place()).isEqualTo(place);
        assertThat(ladder.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"prev, 5", "earlier, 5", "before, 4", "behind, 6", "record, 5", "id, 5"})
    void anEntryThatContradictsTheRestIsRefusedAtThePlaceThatItNames(String lie, int place) {
        assertThat(verify(PLACE, "{", UnaryOperator.identity()).exitCode()).isZero();
        assertRefused(verify(PLACE, "{", LIES.get(lie)), place);
    }

    @ParameterizedTest
    @CsvSource({"prev, 0", "behind, 1", "record, 0", "id, 0"})
    void theFirstIsNoException(String lie, int place) {
        assertThat(verify(0, "{", UnaryOperator.identity()).exitCode()).isZero();
        assertRefused(verify(0, "{", LIES.get(lie)), place);
    }

    /** Its digest is in the ledger, but two readers could read two records in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{ ", "{\"recordId\":\"x\",", "{\"stream\":\"audit.default\",\"action\":\"a\",", "{\"n\":1.0,"})
    void aRecordThatIsNotCanonicalIsRefused(String members) {
        // Behind those that the report for a person shows, which would not be written.
        Ladder ladder = verify(60, members, UnaryOperator.identity());
        assertRefused(ladder, 60);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(PackLayout.part(PackLayout.RECORDS, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"v\":1.0}", "\"v\":1 }", "\"v\":1,\"v\":1}", "\"z\":1,\"v\":1}", "\"v\":1}}", "\"v\":01}"})
    void norIsOneThatBeginsAsIfItWere(String behind) {
        PackFixture log = PackFixture.log(60);
        log.lying("{", behind, UnaryOperator.identity());
        log.grow(3, 0);
        Ladder ladder = PackFiles.verifyZip(log.pack(0, log.size()), PackFixture.trust());
        assertRefused(ladder, 60);
        assertThat(ladder.failure().orElseThrow().expected()).contains("a stored record in canonical JSON");
    }
}
