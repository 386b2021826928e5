package io.strongroom.server.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.ledger.LedgerDamagedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TimelinePageProperties {
    @Property(tries = 200)
    void pagesSayOfEachEntryWhatItsRowSaid(
            @ForAll long seed,
            @ForAll @IntRange(max = 300) int first,
            @ForAll @IntRange(min = 1, max = 300) int count) {
        Random random = new Random(seed);
        FakeLedger ledger = new FakeLedger();
        for (int i = 0; i < first + count; i++) {
            long at = TestRecord.DAY + i * 10L;
            long receivedAt = random.nextInt(8) == 0 ? random.nextLong(1L << 48) : at - random.nextInt(100);
            TestRecord record = TestRecord.random(random, random.nextInt(8) == 0 ? random.nextLong(1L << 40) : at);
            // Some with many labels of their own.
            for (int label = random.nextInt(20) == 0 ? random.nextInt(30) : 0; label > 0; label--) {
                record = record.withLabel("l" + label, "v" + random.nextInt());
            }
            ledger.append(record, receivedAt, at);
            if (random.nextInt(30) == 0) {
                ledger.damage(i);
            }
        }
        ProjectionBatch batch = new ProjectionBatch();
        batch.begin(first);
        for (long seq = first; seq < first + count; seq++) {
            try {
                ledger.read(seq, seq + 1, true, row -> {
                    batch.add(row);
                    return true;
                });
            } catch (LedgerDamagedException damaged) {
                batch.addDamaged(seq, TestRecord.DAY);
            }
        }
        List<ProjectionBatch.Page> pages = new ArrayList<>();
        batch.pages(pages::add);
        int next = 0;
        for (ProjectionBatch.Page stored : pages) {
            TimelinePage page = TimelinePage.parse(stored.firstSeq(), stored.packed());
            assertThat(page.firstSeq()).isEqualTo(first + next);
            assertThat(page.firstSeq() / TimelinePage.SIZE)
                    .isEqualTo((page.firstSeq() + page.size() - 1) / TimelinePage.SIZE);
            assertThat(stored.highId() - stored.lowId()).isBetween(0L, TimelinePage.ID_SPAN_MILLIS);
            assertThat(stored.firstAt()).isEqualTo(page.at(0));
            for (int i = 0; i < page.size(); i++, next++) {
                ProjectionBatch.Row row = batch.row(next);
                assertThat(page.at(i)).isEqualTo(row.at);
                assertThat(page.occurred(i)).isEqualTo(row.occurredAt);
                assertThat(page.id(i)).isEqualTo(row.id);
                assertThat(page.labels(i)).isEqualTo(row.labels);
                for (Field field : List.of(Field.values()).subList(0, 8)) {
                    assertThat(page.value(field, i)).isEqualTo(row.value(field));
                }
                if (row.id != null) {
                    assertThat(row.id.epochMillis()).isBetween(stored.lowId(), stored.highId());
                }
            }
        }
        assertThat(next).isEqualTo(count);
    }
}
