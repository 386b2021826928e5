package io.strongroom.evidence.pack.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final ConcurrentMap<String, Digest> digests = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Failure> damage = new ConcurrentHashMap<>();

    @Test
    void readsLinesOfAnyLengthAcrossBlocksAndParts() throws IOException {
        Random random = new Random(1);
        Map<String, byte[]> files = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        for (String path : List.of("a", "b", "c")) {
            StringBuilder content = new StringBuilder();
            for (int i = 0; i < 4_000; i++) {
                // Many short ones, some longer than a block.
                int length = i % 1_000 == 7 ? 700_000 : random.nextInt(400);
                String line = String.valueOf((char) ('a' + i % 26)).repeat(length);
                content.append(line).append('\n');
                expected.add(path + ":" + (i + 1) + ":" + line);
            }
            files.put(path, content.toString().getBytes(US_ASCII));
        }

        List<String> found = new ArrayList<>();
        try (Lines lines = lines(new FakeBag(files))) {
            while (lines.next()) {
                found.add(lines.path() + ":" + lines.line() + ":"
                        + new String(lines.buffer(), lines.start(), lines.length(), US_ASCII));
            }
            assertThat(lines.broken()).isNull();
        }

        assertThat(found).isEqualTo(expected);
        files.forEach((path, content) -> assertThat(digests).containsEntry(path, Digest.of(content)));
    }

    @Test
    void aLineOfFourMebibytesIsTheLongest() throws IOException {
        byte[] longest = new byte[BlockReader.MAX_LINE];
        Arrays.fill(longest, (byte) 'x');
        longest[longest.length - 1] = '\n';
        assertThat(count("longest", longest)).isEqualTo(1);

        byte[] longer = Arrays.copyOf(longest, longest.length + 1);
        longer[longest.length - 1] = 'x';
        longer[longest.length] = '\n';
        try (Lines lines = lines(new FakeBag(Map.of("longer", longer)))) {
            assertThat(lines.next()).isFalse();
            assertThat(lines.broken())
                    .isEqualTo(Failure.of("longer", "lines of at most 4194304 bytes", "a longer one"));
        }
        assertThat(digests).containsEntry("longer", Digest.of(longer));
    }

    @Test
    void aLineWithoutItsNewlineEndsTheLinesButNotTheDigests() throws IOException {
        byte[] cut = "one\ntwo\nthr".getBytes(US_ASCII);
        byte[] next = "four\n".getBytes(US_ASCII);
        try (Lines lines = lines(new FakeBag(Map.of("a", cut, "b", next)))) {
            assertThat(lines.next()).isTrue();
            assertThat(lines.next()).isTrue();
            assertThat(lines.next()).isFalse();
            assertThat(lines.broken()).isEqualTo(Failure.of("a", "a newline behind line 3", "the end of the file"));
            assertThat(lines.next()).isFalse();
            lines.drain();
        }
        assertThat(digests).containsEntry("a", Digest.of(cut)).containsEntry("b", Digest.of(next));
    }

    @Test
    void damageIsToldBehindTheLinesBeforeIt() throws IOException {
        byte[] before = "one\n".repeat(200_000).getBytes(US_ASCII);
        FakeBag bag = new FakeBag(Map.of("a", before, "b", "four\n".getBytes(US_ASCII)));
        bag.damaged = "a";
        int count = 0;
        try (Lines lines = lines(bag)) {
            while (lines.next()) {
                count++;
            }
            assertThat(lines.broken()).isEqualTo(Failure.of("a", "whole", "damage"));
            lines.drain();
        }
        assertThat(count).isEqualTo(200_000);
        assertThat(damage).containsOnlyKeys("a");
        assertThat(digests).containsOnlyKeys("b");
    }

    @Test
    void whatCannotBeReadAtAllIsThrown() throws IOException {
        FakeBag bag = new FakeBag(Map.of("a", new byte[0]));
        bag.unreadable = true;
        try (Lines lines = lines(bag)) {
            assertThatThrownBy(lines::next).isInstanceOf(IOException.class).hasMessage("the disk is gone");
        }
    }

    private long count(String path, byte[] content) throws IOException {
        long count = 0;
        try (Lines lines = lines(new FakeBag(Map.of(path, content)))) {
            while (lines.next()) {
                count++;
            }
            assertThat(lines.broken()).isNull();
        }
        return count;
    }

    private Lines lines(FakeBag bag) {
        return new Lines(bag, List.copyOf(new TreeMap<>(bag.contents).keySet()), digests, damage);
    }

    private static final class FakeBag implements Bag {
        private final Map<String, byte[]> contents;
        private String damaged = "";
        private boolean unreadable;

        private FakeBag(Map<String, byte[]> contents) {
            this.contents = contents;
        }

        @Override
        public SortedMap<String, Long> files() {
            SortedMap<String, Long> files = new TreeMap<>();
            contents.forEach((path, content) -> files.put(path, (long) content.length));
            return files;
        }

        @Override
        public InputStream open(String path) throws IOException {
            if (unreadable) {
                throw new IOException("the disk is gone");
            }
            InputStream content = new ByteArrayInputStream(contents.getOrDefault(path, new byte[0]));
            return path.equals(damaged) ? new SequenceInputStream(content, new Damage()) : content;
        }

        @Override
        public void close() {}
    }

    /** As of a zip whose deflated bytes make no sense any more. */
    private static final class Damage extends InputStream {
        @Override
        public int read() throws IOException {
            throw new RefusedException("a", "whole", "damage");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            throw new RefusedException("a", "whole", "damage");
        }
    }
}
