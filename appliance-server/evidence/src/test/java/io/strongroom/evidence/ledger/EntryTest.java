package io.strongroom.evidence.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.tree.Rfc9162;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntryTest {
    private static final RecordId ID = RecordId.parse("01ARZ3NDEKTSV4RRFFQ69G5FAV");
    private static final Digest POLICY = Digest.of("policy".getBytes(UTF_8));
    private static final Digest RECORD = Digest.of("record".getBytes(UTF_8));

    private static Entry entry(long seq, Digest prev, @Nullable Long sourceSeq) {
        return new Entry(
                seq,
                1_795_222_923_004L + seq,
                ID,
                POLICY,
                prev,
                RECORD,
                "audit-7y",
                "order-service",
                sourceSeq,
                "audit.security");
    }

    /** Lines of the golden file, whose leaf hashes were calculated with sha256sum: {@code <leaf hex> <line>}. */
    private static List<String> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(EntryTest.class.getResourceAsStream("/golden/entries.txt"))) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Test
    void theGoldenEntriesAreChainedAndReadBackByteForByte() throws IOException {
        Digest prev = Digest.ZERO;
        long seq = 0;
        for (String golden : golden()) {
            String hash = golden.substring(0, 64);
            byte[] line = golden.substring(65).getBytes(UTF_8);
            Entry entry = Entry.parse(line);

            assertThat(entry.leafData()).isEqualTo(line);
            assertThat(entry.leaf().hex()).isEqualTo(hash);
            assertThat(entry.prev()).isEqualTo(prev);
            assertThat(entry.seq()).isEqualTo(seq++);
            prev = entry.leaf();
        }
        assertThat(seq).isEqualTo(3);
    }

    @Test
    void theRendererMakesTheGoldenEntries() throws IOException {
        EntryRenderer renderer = new EntryRenderer(0, Digest.ZERO);
        for (String golden : golden()) {
            Entry e = Entry.parse(golden.substring(65).getBytes(UTF_8));
            Long sourceSeq = e.sourceSeq();
            long seq = renderer.render(
                    e.at(),
                    e.id(),
                    e.policy(),
                    e.record(),
                    e.retain(),
                    e.source(),
                    sourceSeq == null ? -1 : sourceSeq,
                    e.stream());
            assertThat(seq).isEqualTo(e.seq());
            assertThat(new String(renderer.data(), 0, renderer.length(), UTF_8)).isEqualTo(golden.substring(65));
            assertThat(renderer.leaf().hex()).isEqualTo(golden.substring(0, 64));
        }
        assertThat(renderer.nextSeq()).isEqualTo(3);
    }

    @Test
    void leafDataIsCanonicalAndReadsBackAsTheSameEntry() {
        for (Long sourceSeq : Arrays.asList(null, 0L, 4711L, CanonicalJson.MAX_INTEGER)) {
            Entry entry = entry(122, Digest.of("x".getBytes(UTF_8)), sourceSeq);
            byte[] data = entry.leafData();
            assertThat(CanonicalJson.of(data)).isEqualTo(data);
            assertThat(Entry.parse(data)).isEqualTo(entry);
            assertThat(entry.leaf()).isEqualTo(Rfc9162.leaf(data));
        }
    }

    @Test
    void anEntryFitsItsBufferAtItsLongest() {
        String name = "a".repeat(64);
        Entry entry = new Entry(
                CanonicalJson.MAX_INTEGER, 0, ID, POLICY, RECORD, RECORD, name, name, CanonicalJson.MAX_INTEGER, name);
        assertThat(Entry.parse(entry.leafData())).isEqualTo(entry);
        assertThat(entry.leafData().length).isLessThanOrEqualTo(RecordLimits.MAX_LEAF_DATA_BYTES);
    }

    @Test
    void noOtherBytesAreAnEntry() {
        String good = new String(entry(122, RECORD, 7L).leafData(), UTF_8);
        List<String> bad = new ArrayList<>(List.of(
                good + "\n",
                " " + good,
                good.replace(",\"v\":1", ", \"v\":1"),
                good.replace("\"v\":1", "\"v\":2"),
                good.replace("\"seq\":122", "\"seq\":0122"),
                good.replace("\"seq\":122", "\"seq\":122.0"),
                good.replace("\"seq\":122", "\"seq\":-1"),
                good.replace("\"seq\":122", "\"seq\":9007199254740992"),
                good.replace("\"seq\":122", "\"seq\":99999999999999999999999"),
                good.replace("\"sourceSeq\":7", "\"sourceSeq\":null"),
                good.replace("order-service", "Order"),
                good.replace("order-service", "order\\u002dservice"),
                good.replace("order-service", ""),
                good.replace("order-service", "a".repeat(65)),
                good.replace("01ARZ3", "01arz3"),
                good.replace("sha256:", "SHA256:"),
                good.replace("2026-11-21", "2026-02-30"),
                good.replace("{\"at\"", "{\"a\":1,\"at\""),
                good.replace("\"stream\"", "\"strean\"")));
        Matcher member = Pattern.compile("\"[a-zA-Z]+\":(\"[^\"]*\"|[0-9]+),?").matcher(good);
        while (member.find()) {
            if (!member.group().startsWith("\"sourceSeq\"")) {
                bad.add(good.replace(member.group(), ""));
            }
        }
        for (String line : bad) {
            assertThat(line).isNotEqualTo(good);
            assertThatThrownBy(() -> Entry.parse(line.getBytes(UTF_8))).as(line).isInstanceOf(JsonException.class);
        }
        for (int cut = 0; cut < good.length(); cut++) {
            byte[] line = good.substring(0, cut).getBytes(UTF_8);
            assertThatThrownBy(() -> Entry.parse(line)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void everyChangedByteIsRefusedOrAnotherEntry() {
        Entry entry = entry(122, RECORD, 7L);
        byte[] good = entry.leafData();
        for (int i = 0; i < good.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = good.clone();
                changed[i] ^= (byte) (1 << bit);
                try {
                    Entry other = Entry.parse(changed);
                    assertThat(other).isNotEqualTo(entry);
                    assertThat(other.leafData()).isEqualTo(changed);
                } catch (JsonException refused) {
                    assertThat(refused.position()).isBetween(0, good.length);
                }
            }
        }
    }

    @Test
    void valuesThatCannotStandInAnEntryAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(-1, RECORD, null));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(1L << 53, RECORD, null));
        assertThatIllegalArgumentException().isThrownBy(() -> entry(0, RECORD, -1L));
        EntryRenderer renderer = new EntryRenderer(5, RECORD);
        for (String bad : new String[] {"", "A", "a\"b", "é", "a".repeat(65)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> renderer.render(0, ID, POLICY, RECORD, "r", bad, -1, "s"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> renderer.render(Long.MAX_VALUE, ID, POLICY, RECORD, "r", "s", -1, "s"));
        assertThat(renderer.nextSeq()).isEqualTo(5);
        assertThat(renderer.leaf()).isEqualTo(RECORD);
        assertThatIllegalArgumentException().isThrownBy(() -> new EntryRenderer(0, RECORD));
    }
}
