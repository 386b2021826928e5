package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whoever has the pack's keys, and not the log's, may sign what they like of a pack. Whatever they tell that is not so is
 * refused, or the verifier says of the place that it proves nothing.
 */
class ToldProperties {
    private static final SigningKey[] KEYS = {PackFixture.PACK, PackFixture.PACK_PQ};
    private static final PackFiles PACK = PackFiles.of(golden("pack-v1-approved.zip"));
    private static final TrustFile TRUST = TrustFile.parse(golden("trust-v1-approved.txt"));
    private static final String MASKED = PackLayout.part(PackLayout.MASKED, 0);
    private static final String PREDICATE = "the predicate";
    private static final List<String> TELLING =
            List.of(PackLayout.MANIFEST, PackLayout.RANGE, PackLayout.BAG_INFO, PackLayout.BAGIT, MASKED, PREDICATE);
    /** A text that is no name, or a number. */
    private static final Pattern VALUE = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"(?!:)|(?<=[:,\\[])[0-9]+");

    private static byte[] golden(String name) {
        try (InputStream in = ToldProperties.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A piece of what is told: from and to are places in its file's text. */
    private record Piece(String file, int from, int to) {}

    @Provide
    Arbitrary<Piece> values() {
        return Arbitraries.of(
                TELLING.stream().flatMap(file -> pieces(file, VALUE).stream()).toList());
    }

    @Provide
    Arbitrary<Piece> objects() {
        return Arbitraries.of(List.of(PackLayout.MANIFEST, PackLayout.RANGE, MASKED, PREDICATE).stream()
                .flatMap(file -> pieces(file, Pattern.compile("(?<!\\{)}")).stream())
                .toList());
    }

    private static List<Piece> pieces(String file, Pattern what) {
        List<Piece> pieces = new ArrayList<>();
        // What has no JSON in it is told line by line.
        Matcher matcher = (file.endsWith(".txt") ? Pattern.compile("[^\n]+") : what).matcher(text(PACK, file));
        while (matcher.find()) {
            pieces.add(new Piece(file, matcher.start(), matcher.end()));
        }
        return pieces;
    }

    private static String text(PackFiles pack, String file) {
        byte[] bytes = file.equals(PREDICATE) ? pack.predicate() : pack.get(file);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The pack, as if this had been told in the piece's place, by somebody who has the pack's keys. */
    private static Ladder tell(Piece piece, String instead) {
        PackFiles pack = PACK.copy();
        String text = text(pack, piece.file());
        String told = text.substring(0, piece.from()) + instead + text.substring(piece.to());
        if (piece.file().equals(PREDICATE)) {
            pack.seal(told.getBytes(StandardCharsets.UTF_8), KEYS);
        } else {
            byte[] before = pack.get(piece.file());
            pack.put(piece.file(), told);
            pack.refit(piece.file(), before);
            pack.put(PackLayout.BAG_INFO, bagInfo(pack, piece.file()));
            pack.seal(KEYS);
        }
        return pack.verify(TRUST);
    }

    /** The length of all payload, as it is now. */
    private static String bagInfo(PackFiles pack, String changed) {
        String told = text(pack, PackLayout.BAG_INFO);
        long bytes = pack.files.entrySet().stream()
                .filter(file -> file.getKey().startsWith(PackLayout.PAYLOAD))
                .mapToLong(file -> file.getValue().length)
                .sum();
        return changed.equals(PackLayout.BAG_INFO) ? told : told.replaceFirst("Oxum: [0-9]+", "Oxum: " + bytes);
    }

    private static void assertRefusedOrToldToProveNothing(Piece piece, Ladder ladder) {
        if (ladder.exitCode() == 1) {
            assertThat(ladder.failure().orElseThrow().file()).isNotNull();
            return;
        }
        String folder = piece.file().substring(0, piece.file().lastIndexOf('/') + 1);
        assertThat(ladder.facts().unproven())
                .as("%s, at %s", piece, text(PACK, piece.file()).substring(piece.from(), piece.to()))
                .containsAnyOf(piece.file(), folder.isEmpty() ? piece.file() + member(piece) : folder);
    }

    /** Of which member of the whole the piece is. */
    private static String member(Piece piece) {
        String text = text(PACK, piece.file());
        int depth = 0;
        String member = "";
        for (int i = 0; i <= piece.from(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = text.indexOf('"', i + 1);
                if (depth == 1 && text.charAt(end + 1) == ':') {
                    member = text.substring(i + 1, end);
                }
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
        }
        return "#/" + member;
    }

    @Example
    void whatIsToldAsItIsHolds() {
        PackFiles pack = PACK.copy();
        pack.seal(KEYS);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.failure()).isEmpty();
        assertThat(ladder.exitCode()).isZero();
        assertThat(ladder.facts().unproven())
                .contains(PackLayout.OPEN_ME, PackLayout.README, PackLayout.MASKED, "manifest.json#/purpose")
                .doesNotContain(PackLayout.TABLES);
    }

    @Property(tries = 250)
    void whateverIsToldOtherwiseIsRefusedOrToldToProveNothing(@ForAll("values") Piece piece) {
        String is = text(PACK, piece.file()).substring(piece.from(), piece.to());
        String instead = is.endsWith("\"") ? is.substring(0, is.length() - 1) + "x\"" : is + "1";
        assertRefusedOrToldToProveNothing(piece, tell(piece, instead));
    }

    @Property(tries = 60)
    void whateverIsToldBesideIsRefusedOrToldToProveNothing(@ForAll("objects") Piece piece) {
        assertRefusedOrToldToProveNothing(piece, tell(piece, ",\"zz\":1}"));
    }

    @Property
    void aFileThatTheFormatDoesNotHaveIsRefused(@ForAll("strangers") String path) {
        PackFiles pack = PACK.copy();
        pack.put(path, "{}\n");
        pack.put(PackLayout.BAG_INFO, bagInfo(pack, path).replaceFirst("\\.6\n", ".7\n"));
        pack.seal(KEYS);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        assertThat(ladder.failure().orElseThrow().file()).isEqualTo(path);
    }

    @Provide
    Arbitrary<String> strangers() {
        return Arbitraries.of(
                "contract.pdf",
                "data/contract.pdf",
                "data/records.csv",
                "data/tables/part-00000.csv",
                "data/erasures/1.json",
                "data/erasures/1.txt",
                "checkpoints/latest",
                "checkpoints/7.tsr",
                "keys/officer.pem",
                "keys/pack-other.pem",
                "policy/bundle.yaml",
                "proofs/leaves-0-1.bin");
    }

    @Example
    void aCheckpointUnderAnotherSizesNameIsRefused() {
        PackFiles pack = PACK.copy();
        pack.files.put("checkpoints/7.note", pack.get("checkpoints/24.note"));
        pack.seal(KEYS);
        assertThat(pack.verify(TRUST).failure().orElseThrow().file()).isEqualTo("checkpoints/7.note");
    }

    @Example
    void aZipWhoseFolderHasNotThePacksNameIsRefused() {
        byte[] zip = golden("pack-v1-approved.zip");
        String renamed = new String(zip, StandardCharsets.ISO_8859_1).replace("pack-02/", "pack-03/");
        Ladder ladder = PackFiles.verifyZip(renamed.getBytes(StandardCharsets.ISO_8859_1), TRUST);
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        Failure failure = ladder.failure().orElseThrow();
        assertThat(failure.file()).isNull();
        assertThat(failure.expected()).contains("pack-02");
        assertThat(failure.found()).isEqualTo("pack-03");
    }

    @Example
    void aSignatureThatIsNobodysIsRefused() {
        PackFiles pack = PACK.copy();
        pack.seal(PackFixture.PACK, PackFixture.PACK_PQ, PackFixture.LOG);
        Ladder ladder = pack.verify(TRUST);
        assertThat(ladder.verdict(Rung.SIGNED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
    }

    @Example
    void renderingsOfARecordThatIsNotToldAreRefused() {
        PackFiles pack = PACK.copy();
        byte[] before = pack.get(MASKED);
        List<String> lines = pack.lines(MASKED);
        lines.addFirst(lines.getFirst());
        pack.lines(MASKED, lines);
        pack.refit(MASKED, before);
        pack.put(PackLayout.BAG_INFO, bagInfo(pack, MASKED));
        pack.seal(KEYS);
        Failure failure = pack.verify(TRUST).failure().orElseThrow();
        assertThat(failure.file()).isEqualTo(MASKED);
        assertThat(failure.place()).isNotNull();
    }
}
