package io.strongroom.console.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.QueryItem;
import io.strongroom.console.FakeLog;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tile.TilePath;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogVerificationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final long BEGAN = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();

    private final FakeLog fake = new FakeLog();
    private final List<TilePath> read = java.util.Collections.synchronizedList(new ArrayList<>());
    private List<Seal> seals = List.of();

    private final PublishedLog log = new PublishedLog() {
        @Override
        public byte[] checkpoint() {
            return fake.checkpoint();
        }

        @Override
        public byte[] tile(TilePath path) {
            read.add(path);
            return fake.tile(path);
        }

        @Override
        public byte[] trustFile() {
            return fake.trustFile();
        }

        @Override
        public List<QueryItem> seals() {
            return List.of();
        }
    };

    @BeforeEach
    void fill() {
        fake.fill(1000, BEGAN, 10);
    }

    private Verdict verify(Verified from) throws InterruptedException {
        return new LogVerification(log, InstantSource.fixed(NOW), from, seals).run(part -> {});
    }

    private static Verified nothing() {
        return Verified.nothing(FakeLog.ORIGIN);
    }

    @Test
    void aLogThatHoldsIsReadOnceAndGoneOnWithFromWhereItEnded() throws InterruptedException {
        Verdict.Held held = (Verdict.Held) verify(nothing());
        assertThat(held.verified().checkpoint()).isEqualTo(fake.newest());
        Verified kept = Verified.ofLine(held.verified().line()).orElseThrow();
        assertThat(kept.checkpoint()).isEqualTo(fake.newest());
        assertThat(kept.at()).isEqualTo(NOW);
        fake.fill(50, BEGAN + 100_000, 10);
        read.clear();
        Verdict.Held again = (Verdict.Held) verify(kept);
        assertThat(again.from()).isEqualTo(1000);
        assertThat(again.verified().checkpoint()).isEqualTo(fake.newest());
        assertThat(read).hasSize(4).allMatch(path -> path.index() >= 3);
        assertThat(Verified.ofLine("rubbish")).isEmpty();
    }

    @Test
    void aChangedEntryIsNamedByItsPlace() throws InterruptedException {
        Digest expected = leaf(613);
        fake.change(613);
        Verdict.Broken broken = (Verdict.Broken) verify(nothing());
        assertThat(broken.seq()).isEqualTo(613);
        assertThat(broken.what()).isEqualTo(Verdict.What.LEAF);
        assertThat(broken.expected()).isEqualTo(expected.toString());
        assertThat(broken.found()).isEqualTo(leaf(613).toString());
    }

    @Test
    void aChangedHashIsNamedByItsPlace() throws InterruptedException {
        fake.changeHash(300);
        Verdict.Broken broken = (Verdict.Broken) verify(nothing());
        assertThat(broken.seq()).isEqualTo(300);
        assertThat(broken.found()).isEqualTo(leaf(300).toString());
    }

    @Test
    void anEntryThatWasChangedWithItsHashIsGivenAwayByTheNext() throws InterruptedException {
        fake.change(300);
        fake.adoptHash(300);
        Verdict.Broken broken = (Verdict.Broken) verify(nothing());
        assertThat(broken.seq()).isEqualTo(301);
        assertThat(broken.what()).isEqualTo(Verdict.What.LINK);
    }

    @Test
    void aLogThatIsShorterOrAnotherThanItWasIsNoticed() throws InterruptedException {
        Verified before = ((Verdict.Held) verify(nothing())).verified();
        FakeLog other = new FakeLog();
        other.fill(1200, BEGAN, 11);
        PublishedLog another = new PublishedLog() {
            @Override
            public byte[] checkpoint() {
                return other.checkpoint();
            }

            @Override
            public byte[] tile(TilePath path) {
                return other.tile(path);
            }

            @Override
            public byte[] trustFile() {
                return other.trustFile();
            }

            @Override
            public List<QueryItem> seals() {
                return List.of();
            }
        };
        Verdict.Broken broken = (Verdict.Broken)
                new LogVerification(another, InstantSource.fixed(NOW), before, List.of()).run(part -> {});
        assertThat(broken.seq()).isEqualTo(1000);
        assertThat(broken.what()).isEqualTo(Verdict.What.LINK);
        Verified longer = new Verified(FakeLog.ORIGIN, NOW, other.frontier(), Digest.ZERO);
        assertThat(((Verdict.Broken) verify(longer)).what()).isEqualTo(Verdict.What.SHORTER);
    }

    @Test
    void aSealMustSayWhatTheEntriesSay() throws InterruptedException {
        seals = List.of(seal(500, 499, Digest.of(new byte[] {1})));
        Verdict.Broken broken = (Verdict.Broken) verify(nothing());
        assertThat(broken.what()).isEqualTo(Verdict.What.SEAL);
        assertThat(broken.seq()).isEqualTo(500);
    }

    @Test
    void daysFollowFromSeals() {
        List<Seal> two = List.of(
                seal(500, 499, Digest.ZERO),
                new Seal(900, "r2", LocalDate.parse("2026-11-19"), 501, 899, 399, "", "", Digest.ZERO, List.of()));
        List<Day> days = Day.of(two, 1000, LocalDate.parse("2026-11-20"));
        assertThat(days)
                .extracting(Day::state)
                .containsExactly(Day.State.SEALED, Day.State.EMPTY, Day.State.GAP, Day.State.OPEN);
        assertThat(days.getLast().firstSeq()).isEqualTo(900);
        assertThat(days.getLast().entries()).isEqualTo(100);
    }

    private static Seal seal(long seq, long lastSeq, Digest root) {
        return new Seal(seq, "r1", LocalDate.parse("2026-11-17"), 0, lastSeq, lastSeq + 1, "", "", root, List.of());
    }

    private Digest leaf(int seq) {
        byte[] bundle = fake.tile(TilePath.entries(seq / 256, TilePath.widthAt(0, seq / 256, fake.size())));
        return io.strongroom.evidence.tree.Rfc9162.leaf(
                io.strongroom.evidence.tile.EntryBundle.parse(bundle).get(seq % 256));
    }
}
