package io.strongroom.agent.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.agent.files.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in segments, and what is known of what is not. */
final class StockTest {
    @TempDir
    private Path data;

    private StreamFolder folder;

    @BeforeEach
    void twoSegments() throws IOException {
        folder = StreamFolder.of(data, "audit.logs");
        DurableFile.createFolder(folder.lines());
        Segment.in(folder.lines(), 0).write(List.of(frame(0), frame(5)));
        Segment.in(folder.lines(), 10).write(List.of(frame(10), frame(15)));
    }

    private static Frame frame(long first) {
        return Frame.lines(
                first, List.of(new byte[1], new byte[2], new byte[3], new byte[4], new byte[5]), "k", "p" + first);
    }

    private Stock take(long cut) throws IOException {
        return Stock.take(folder, cut, (first, last) -> Frame.notice(first, last, new byte[] {1}, Frame.Kind.NOTICE));
    }

    /** Spoils the frame that begins in this half of a segment. */
    private void spoil(long segment, int half) throws IOException {
        Path path = Segment.in(folder.lines(), segment).path();
        byte[] bytes = Files.readAllBytes(path);
        bytes[half * bytes.length / 2] ^= 1;
        Files.write(path, bytes);
    }

    @Test
    void theLinesThatAreInNoBatchAreCounted() throws IOException {
        for (long cut : new long[] {0, 3, 5, 9, 10, 12, 20}) {
            Stock stock = take(cut);
            assertThat(stock.lines()).isEqualTo(20 - cut);
            assertThat(stock.next()).isEqualTo(20);
            assertThat(stock.positions()).containsEntry("k", "p15");
            assertThat(stock.lostTail()).isFalse();
        }
    }

    @Test
    void aBatchThatEndedWithinAFrameLeavesTheRestOfIt() throws IOException {
        assertThat(take(3).lines()).isEqualTo(17);
        NextLines rest = NextLines.of(folder, 3);
        assertThat(rest.first()).isEqualTo(3);
        assertThat(rest.lines()).hasSize(17).startsWith(new byte[4], new byte[5]);
    }

    @Test
    void onlyADamagedEndOfTheNewestLosesLinesThatNobodyCanCount() throws IOException {
        for (long segment : new long[] {0, 10}) {
            for (int half : new int[] {0, 1}) {
                twoSegments();
                spoil(segment, half);
                assertThat(take(0).lostTail()).isEqualTo(segment == 10 && half == 1);
                assertThat(take(0).lostTail()).as("mended").isFalse();
            }
        }
    }

    @Test
    void aTornEndIsNoneThatNobodyCanCount() throws IOException {
        Path path = Segment.in(folder.lines(), 10).path();
        byte[] bytes = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(bytes, bytes.length - 1));
        Stock stock = take(0);
        assertThat(stock.lostTail()).isFalse();
        assertThat(stock.next()).isEqualTo(15);
        assertThat(data.resolve("damaged")).doesNotExist();
    }
}
