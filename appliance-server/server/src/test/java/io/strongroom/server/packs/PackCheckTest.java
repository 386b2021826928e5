package io.strongroom.server.packs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.json.Json;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.verify.PackVerifier;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever has a pack verified here is told of it. */
class PackCheckTest {
    @TempDir
    Path folder;

    @Test
    void aPackInWhichTheLogContradictsItselfIsToldFromOneThatWasChanged() throws IOException {
        byte[] fork = golden("pack-v1-fork.zip");
        Json.Obj answer = told(fork);
        assertThat(answer.truth("verified")).isFalse();
        assertThat(answer.object("failure").truth("fork")).isTrue();
        assertThat(answer.object("failure").text("file")).isEqualTo(PackLayout.checkpoint(30));
        assertThat(answer.object("failure").text("expected"))
                .isNotEqualTo(answer.object("failure").text("found"));

        fork[fork.length / 2] ^= 1;
        Json.Obj changed = told(fork);
        assertThat(changed.truth("verified")).isFalse();
        assertThat(changed.object("failure").truth("fork")).isFalse();
    }

    private Json.Obj told(byte[] pack) throws IOException {
        TrustFile trust = TrustFile.parse(golden("trust-v1.txt"));
        Path file = Files.write(folder.resolve("pack.zip"), pack);
        return Json.parseObject(PackCheck.toJson("export-1", new PackVerifier(trust, Set.of()).verify(file))
                .bytes());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = requireNonNull(PackCheckTest.class.getResourceAsStream("/golden/" + name), name)) {
            return in.readAllBytes();
        }
    }
}
