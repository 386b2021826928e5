package io.strongroom.policies.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.evidence.Digest;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.InvalidBundleException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleArchiveTest {

    /** Whatever changes in libraries or compressors, this archive stays what it is. */
    @Test
    void the_same_bundle_gives_the_same_bytes_for_ever() {
        BundleFiles files = BundleFiles.of(Map.of(
                "b/" + "long-name-".repeat(15) + ".md",
                new byte[70_000],
                "a.yaml",
                "x: 1\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(Digest.of(BundleArchive.write(files)))
                .hasToString("sha256:126ef16e34983009f737c9dd579d943a744c06c0ea316ca292b95a3e623bf2f5");
    }

    @Property(tries = 100)
    void what_was_written_is_read(@ForAll @Size(max = 5) Map<Byte, byte[]> contents) {
        Map<String, byte[]> files = new TreeMap<>();
        contents.forEach((name, content) -> files.put("d" + name + "/f.md", content));
        files.put("z.md", new byte[0]);

        Map<String, byte[]> read = BundleArchive.read(BundleArchive.write(BundleFiles.of(files)));

        assertThat(read).containsOnlyKeys(files.keySet());
        files.forEach((path, content) -> assertThat(read.get(path)).isEqualTo(content));
    }

    @Test
    void stock_tar_reads_it(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("bundle.tar.gz");
        Files.write(archive, BundleArchive.write(BundleFiles.of(OwnBundles.files("default"))));

        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start();

        assertThat(tar.waitFor()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("masking.yaml")))
                .isEqualTo(OwnBundles.files("default").get("masking.yaml"));
    }

    @Test
    void links_and_bombs_are_refused() throws Exception {
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(link))) {
            TarArchiveEntry entry = new TarArchiveEntry("access.yaml", TarArchiveEntry.LF_SYMLINK);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bomb))) {
            TarArchiveEntry entry = new TarArchiveEntry("access.yaml");
            entry.setSize(64 << 20);
            tar.putArchiveEntry(entry);
            tar.write(new byte[64 << 20]);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> BundleArchive.read(link.toByteArray()))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("holds something that is no file");
        assertThatThrownBy(() -> BundleArchive.read(bomb.toByteArray()))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("is larger than a bundle may be");
        assertThatThrownBy(() -> BundleArchive.read(new byte[] {1, 2, 3}))
                .isInstanceOf(InvalidBundleException.class)
                .hasMessageContaining("is no tar.gz");
    }
}
