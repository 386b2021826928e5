package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.dsse.DsseEnvelope;
import io.strongroom.evidence.dsse.InTotoStatement;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** A pack's files in memory, to tamper with. */
final class PackFiles {
    final TreeMap<String, byte[]> files = new TreeMap<>();

    static PackFiles of(byte[] zip) {
        PackFiles pack = new PackFiles();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                pack.files.put(entry.getName().substring(entry.getName().indexOf('/') + 1), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pack;
    }

    /** Another copy to tamper with. */
    PackFiles copy() {
        PackFiles copy = new PackFiles();
        files.forEach((path, bytes) -> copy.files.put(path, bytes.clone()));
        return copy;
    }

    byte[] get(String path) {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            throw new AssertionError("no file " + path);
        }
        return bytes;
    }

    void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> lines(String path) {
        return new ArrayList<>(Arrays.asList(new String(get(path), StandardCharsets.UTF_8).split("\n")));
    }

    void lines(String path, List<String> lines) {
        put(path, String.join("\n", lines) + "\n");
    }

    /** Makes all lists of files fit what is there, as somebody could who has these keys. */
    void seal(SigningKey... keys) {
        seal(predicate(), keys);
    }

    /** What the signed manifest says of the pack. */
    byte[] predicate() {
        return InTotoStatement.parse(
                        DsseEnvelope.parse(get(PackLayout.SIGNED_MANIFEST)).payload())
                .predicate();
    }

    /** The same, and with this said of the pack. */
    void seal(byte[] predicate, SigningKey... keys) {
        put(PackLayout.PAYLOAD_MANIFEST, list(true));
        sign(predicate, keys);
    }

    /** The same, whatever BagIt's list of the payload says. */
    void sign(byte[] predicate, SigningKey... keys) {
        List<InTotoStatement.Subject> subjects = new ArrayList<>();
        files.forEach((path, bytes) -> {
            if (!path.equals(PackLayout.SIGNED_MANIFEST) && !path.equals(PackLayout.TAG_MANIFEST)) {
                subjects.add(InTotoStatement.Subject.of(path, Digest.of(bytes)));
            }
        });
        byte[] statement = new InTotoStatement(subjects, PackLayout.PREDICATE_TYPE, predicate).toJson();
        files.put(
                PackLayout.SIGNED_MANIFEST,
                DsseEnvelope.sign(InTotoStatement.PAYLOAD_TYPE, statement, List.of(keys))
                        .toJson());
        files.remove(PackLayout.TAG_MANIFEST);
        put(PackLayout.TAG_MANIFEST, list(false));
    }

    /** Makes the manifest's digest and size of this part fit. */
    void refit(String path, byte[] before) {
        byte[] now = get(path);
        String manifest = new String(get(PackLayout.MANIFEST), StandardCharsets.UTF_8);
        put(
                PackLayout.MANIFEST,
                manifest.replace(Digest.of(before).hex(), Digest.of(now).hex())
                        .replace("\"size\":" + before.length + "}", "\"size\":" + now.length + "}"));
    }

    private String list(boolean payload) {
        StringBuilder lines = new StringBuilder();
        files.forEach((path, bytes) -> {
            if (path.startsWith(PackLayout.PAYLOAD) == payload) {
                lines.append(Digest.of(bytes).hex()).append("  ").append(path).append('\n');
            }
        });
        return lines.toString();
    }

    Ladder verify(@Nullable TrustFile trust) {
        try {
            Path folder = Files.createTempDirectory("pack");
            try {
                for (var file : files.entrySet()) {
                    Path path = folder.resolve(file.getKey());
                    Files.createDirectories(path.getParent());
                    Files.write(path, file.getValue());
                }
                return new PackVerifier(trust, Set.of()).verify(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ladder verifyZip(byte[] zip, @Nullable TrustFile trust) {
        try {
            Path file = Files.createTempFile("pack", ".zip");
            try {
                Files.write(file, zip);
                return new PackVerifier(trust, Set.of()).verify(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
