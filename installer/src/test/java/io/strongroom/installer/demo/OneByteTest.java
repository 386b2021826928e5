package io.strongroom.installer.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OneByteTest {
    @TempDir
    private Path folder;

    private Path pack(Map<String, String> files) throws IOException {
        Path pack = folder.resolve("pack.zip");
        try (OutputStream file = Files.newOutputStream(pack);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> each : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return pack;
    }

    @Test
    void changesExactlyOneByteOfOneRecordAndNothingElse() throws IOException {
        String records = "{\"attributes\":{\"line\":\"alpha\"}}\n".repeat(5)
                + "{\"attributes\":{\"line\":\"\\u00e9 \\n beta\"}}\n";
        Path pack = pack(new LinkedHashMap<>(
                Map.of("p/data/records/part-00000.ndjson", records, "p/manifest.json", "{}", "p/bagit.txt", "BagIt")));
        Path copy = folder.resolve("copy");

        OneByte.Change change = OneByte.change(pack, copy);

        assertThat(copy.resolve("manifest.json")).hasContent("{}");
        assertThat(copy.resolve("bagit.txt")).hasContent("BagIt");
        byte[] was = records.getBytes(StandardCharsets.UTF_8);
        byte[] is = Files.readAllBytes(copy.resolve("data/records/part-00000.ndjson"));
        assertThat(is).hasSameSizeAs(was);
        int different = 0;
        for (int i = 0; i < was.length; i++) {
            different += was[i] == is[i] ? 0 : 1;
        }
        assertThat(different).isEqualTo(1);
        assertThat(change.file()).isEqualTo("data/records/part-00000.ndjson");
        assertThat(change.line()).isEqualTo(4);
    }

    @Test
    void saysThatThereIsNothingToChange() throws IOException {
        Path pack = pack(Map.of("p/data/records/part-00000.ndjson", "{\"attributes\":{\"line\":\"12 \\u00e9\"}}\n"));

        assertThatThrownBy(() -> OneByte.change(pack, folder.resolve("copy"))).hasMessageContaining("no letter");
    }

    @Test
    void neverWritesOutsideTheCopy() throws IOException {
        Path pack = pack(Map.of("p/../../outside", "x"));

        assertThatThrownBy(() -> OneByte.change(pack, folder.resolve("copy"))).hasMessageContaining("outside itself");
        assertThat(folder.resolve("outside")).doesNotExist();
    }
}
