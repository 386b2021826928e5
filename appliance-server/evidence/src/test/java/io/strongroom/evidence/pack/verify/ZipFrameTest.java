package io.strongroom.evidence.pack.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.pack.write.ZipFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/**
 * No byte around a zip's files is without meaning: whatever is changed there, the zip is refused, or holds other files.
 * Were one looked over, two zips of the same files would differ, and what nobody reads could say anything.
 */
class ZipFrameTest {
    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;
    private static final int END = 22;
    private static final int BLOCK = 65_540;

    /** So often the text is longer than what is stored in one piece. */
    private static final int MANY = 46_000;

    private static final byte[] ZIP = zip();
    private static final List<ZipMember> MEMBERS = members(ZIP);
    private static final Map<String, String> FILES = files(ZIP).orElseThrow();
    private static final BitSet FRAME = frame();
    private static final ZipParts PARTS = ZipParts.of(ZIP);

    /** One file of each kind: stored, empty, in stored blocks, and with lengths of eight bytes. */
    private static byte[] zip() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] text = "a text of some length, ".getBytes(US_ASCII);
        try {
            ZipFixture.write(out, zip -> {
                zip.file("p/stored", 1000, text, 3);
                zip.file("p/empty", 0, text, 0);
                zip.file("p/blocks", 4 << 20, text, MANY);
                zip.file("p/long", 1L << 32, text, MANY);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static ZipSource source(byte[] zip) {
        return new ZipSource() {
            @Override
            public int read(ByteBuffer into, long position) {
                if (position < 0) {
                    throw new IllegalArgumentException("a position before the beginning: " + position);
                }
                if (position >= zip.length) {
                    return -1;
                }
                int count = (int) Math.min(into.remaining(), zip.length - position);
                into.put(zip, (int) position, count);
                return count;
            }

            @Override
            public long size() {
                return zip.length;
            }
        };
    }

    private static List<ZipMember> members(byte[] zip) {
        try {
            return new ZipDirectory(source(zip)).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files by name, in their order; empty where the zip is refused. */
    private static Optional<Map<String, String>> files(byte[] zip) {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            for (ZipMember member : members(zip)) {
                try (InputStream in = new ZipContent(source(zip), member.name(), member)) {
                    files.put(member.name(), new String(in.readAllBytes(), US_ASCII));
                }
            }
            return Optional.of(files);
        } catch (UncheckedIOException | IOException e) {
            assertThat(e instanceof UncheckedIOException ? e.getCause() : e).isInstanceOf(RefusedException.class);
            return Optional.empty();
        }
    }

    private static void assertNotTheSame(byte[] zip, String what) {
        assertThat(files(zip).equals(Optional.of(FILES))).as(what).isFalse();
    }

    private static void assertRefused(byte[] zip, String what) {
        assertThat(files(zip)).as(what).isEmpty();
    }

    /** All that is no file's content. */
    private static BitSet frame() {
        BitSet frame = new BitSet();
        frame.set(0, ZIP.length);
        for (ZipMember member : MEMBERS) {
            int from = (int) member.dataOffset();
            int to = (int) (from + member.packed());
            frame.clear(from, to);
            if (member.deflated()) {
                // The headers of the first block and of the last; those between are as the first.
                int last = from + (to - 1 - from) / BLOCK * BLOCK;
                frame.set(from, from + 5);
                frame.set(last, last + 5);
            }
        }
        return frame;
    }

    @Test
    void theZipHasFilesOfAllKinds() {
        assertThat(FILES.keySet()).containsExactly("p/stored", "p/empty", "p/blocks", "p/long");
        assertThat(MEMBERS).extracting(ZipMember::deflated).containsExactly(false, false, true, true);
        assertThat(FILES.get("p/long")).hasSize(MANY * 23);
        assertThat(files(PARTS.joined())).contains(FILES);
    }

    @Test
    void noByteAroundTheFilesCanBeChanged() {
        byte[] zip = ZIP.clone();
        for (int at = FRAME.nextSetBit(0); at >= 0; at = FRAME.nextSetBit(at + 1)) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                zip[at] ^= (byte) (1 << bit);
                assertNotTheSame(zip, "bit " + bit + " at " + at);
                zip[at] = ZIP[at];
            }
        }
    }

    /** Whoever changes one changes the other. */
    @Test
    void noByteOfAHeaderCanBeChangedInBothPlaces() {
        byte[] zip = ZIP.clone();
        int central = PARTS.start();
        for (ZipMember member : MEMBERS) {
            int name = member.name().length();
            int local = localOf(member, name);
            // What a local header says stands in the directory two bytes on, behind the version that made it.
            for (int at = 4; at < LOCAL + name; at++) {
                int there = at < LOCAL ? central + at + 2 : central + CENTRAL + at - LOCAL;
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    zip[local + at] ^= (byte) (1 << bit);
                    zip[there] ^= (byte) (1 << bit);
                    assertNotTheSame(zip, member.name() + ", bit " + bit + " at " + at);
                    zip[local + at] = ZIP[local + at];
                    zip[there] = ZIP[there];
                }
            }
            central += PARTS.central().get(MEMBERS.indexOf(member)).length;
        }
    }

    /** What is known only at a file's end stands behind it, and in the directory once more. */
    @Test
    void noByteOfALengthOrAChecksumCanBeChangedInBothPlaces() {
        byte[] zip = ZIP.clone();
        int central = PARTS.start();
        for (int i = 0; i < MEMBERS.size(); i++) {
            ZipMember member = MEMBERS.get(i);
            boolean wide = i == 3;
            int behind = (int) (member.dataOffset() + member.packed());
            int lengths = wide ? central + CENTRAL + member.name().length() + 4 : central + 20;
            int bytes = wide ? 8 : 4;
            for (int at = 0; member.deflated() && at < 4 + 2 * bytes; at++) {
                // The packed length comes first behind the file and, where both are short, in the directory.
                int length = (at - 4) / bytes;
                int there =
                        at < 4 ? central + 16 + at : lengths + bytes * (wide ? 1 - length : length) + (at - 4) % bytes;
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    zip[behind + 4 + at] ^= (byte) (1 << bit);
                    zip[there] ^= (byte) (1 << bit);
                    assertRefused(zip, member.name() + ", bit " + bit + " at " + at);
                    zip[behind + 4 + at] = ZIP[behind + 4 + at];
                    zip[there] = ZIP[there];
                }
            }
            central += PARTS.central().get(i).length;
        }
    }

    @Test
    void theSameContentInBlocksOfOtherLengthsIsRefused() {
        ZipMember member = MEMBERS.get(2);
        byte[] zip = ZIP.clone();
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int from = (int) member.dataOffset();
        int last = from + (int) (member.packed() - 1) / BLOCK * BLOCK;
        int rest = fields.getShort(last + 1) & 0xffff;
        // The last byte of the last but one becomes the first of the last.
        byte moved = zip[last - 1];
        int before = last - BLOCK;
        fields.putShort(before + 1, (short) 65_534).putShort(before + 3, (short) ~65_534);
        fields.put(last - 1, (byte) 1).putShort(last, (short) (rest + 1)).putShort(last + 2, (short) ~(rest + 1));
        zip[last + 4] = moved;
        assertRefused(zip, "blocks of 65,534 bytes and one more than before");
    }

    @Test
    void aLengthThatReachesPastAllNumbersIsRefused() {
        ZipMember member = MEMBERS.get(3);
        byte[] zip = ZIP.clone();
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int extra = ZIP.length
                - END
                - PARTS.central().get(3).length
                + CENTRAL
                + member.name().length();
        for (long length : List.of(Long.MAX_VALUE, Long.MIN_VALUE, -1L, (long) ZIP.length)) {
            fields.putLong(extra + 12, length);
            fields.putLong((int) (member.dataOffset() + member.packed()) + 8, length);
            assertRefused(zip, "a length of " + length);
        }
    }

    private static int localOf(ZipMember member, int name) {
        return (int) member.dataOffset() - LOCAL - name - (member.name().equals("p/long") ? 20 : 0);
    }

    @Test
    void filesAndDirectoryFollowOneAnotherWithNothingBetweenThem() {
        byte[] gap = {0};
        for (int i = 0; i <= MEMBERS.size(); i++) {
            assertRefused(PARTS.withLocal(i, gap, false).joined(), "a gap before file " + i + " that is counted");
            assertRefused(PARTS.withLocal(i, gap, true).joined(), "a gap before file " + i + " that is known");
        }
        assertRefused(PARTS.withCentral(MEMBERS.size(), gap).joined(), "something behind the directory");
        assertRefused(PARTS.withoutCentral(0).joined(), "a file that the directory does not name");
        assertRefused(PARTS.withoutCentral(3).joined(), "a last file that the directory does not name");
        assertRefused(PARTS.withCentral(1, PARTS.central().get(1)).joined(), "a file that stands there twice");
        assertRefused(PARTS.swapped().joined(), "files in another order than in the directory");
        assertRefused(PARTS.joined(MEMBERS.size() - 1, 0, 0), "one file less than there is");
        assertRefused(PARTS.joined(MEMBERS.size() + 1, 0, 0), "one file more than there is");
        assertRefused(PARTS.joined(MEMBERS.size(), -1, 0), "a directory that is counted too short");
        assertRefused(PARTS.joined(MEMBERS.size(), -1, 1), "a directory that begins too late");
        assertRefused(PARTS.joined(MEMBERS.size(), 1, -1), "a directory that begins too early");
    }

    @Test
    void aDirectoryThatIsCutAnywhereIsRefused() {
        byte[] directory = PARTS.directory();
        for (int length = 0; length < directory.length; length++) {
            ZipParts cut = new ZipParts(PARTS.locals(), List.of(Arrays.copyOf(directory, length)));
            assertRefused(cut.joined(MEMBERS.size(), 0, 0), "the first " + length + " bytes");
        }
    }

    @Test
    void anEndAloneIsRefusedWhateverItSays() {
        byte[] end = Arrays.copyOfRange(ZIP, ZIP.length - END, ZIP.length);
        assertRefused(end, "an end without its files");
        for (int at = 4; at < END; at++) {
            byte[] wide = end.clone();
            Arrays.fill(wide, at, Math.min(at + 4, END), (byte) 0xff);
            assertRefused(wide, "an end with ones at " + at);
        }
        byte[] wide = end.clone();
        Arrays.fill(wide, 8, 20, (byte) 0xff);
        for (int before = 0; before <= 76; before++) {
            byte[] zip = new byte[before + END];
            System.arraycopy(wide, 0, zip, before, END);
            assertRefused(zip, "the end of a Zip64 behind " + before + " bytes");
        }
    }

    /** What somebody who knows the form would write: lengths, limits and offsets that are nearly right. */
    @Property(tries = 2000)
    void whateverIsWrittenOverTheFrameTheZipIsNotTakenForTheSame(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000_000) Integer> places,
            @ForAll @IntRange(max = 9) int kind,
            @ForAll int any) {
        int[] frame =
                FRAME.stream().filter(at -> at < ZIP.length - Integer.BYTES).toArray();
        byte[] zip = ZIP.clone();
        ByteBuffer fields = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int[] values = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xffff, 8, ZIP.length, ZIP.length - END, any, 1};
        for (int place : places) {
            int at = frame[place % frame.length];
            if ((place & 1) == 0) {
                fields.putShort(at, (short) values[kind]);
            } else {
                fields.putInt(at, values[kind]);
            }
        }
        if (!Arrays.equals(zip, ZIP)) {
            assertNotTheSame(zip, places + " " + values[kind]);
        }
    }
}
