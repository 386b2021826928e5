package io.strongroom.evidence.batch.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.batch.BatchAlgorithm;
import io.strongroom.evidence.batch.BatchHead;
import io.strongroom.evidence.batch.LineEncoding;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that {@code make.py} and OpenSSL made once: whatever changes here, they verify for ever. */
class GoldenBatchTest {

    @ParameterizedTest
    @CsvSource({"es256, ES256", "eddsa, EDDSA"})
    void theFirstBatchesVerifyForEver(String name, BatchAlgorithm algorithm) {
        byte[] frame = Batches.golden(name + ".batch");
        BatchKey key = BatchKey.ofSpki(Batches.golden(name + ".der"));

        BatchLines lines = Batches.accept(frame, key);

        assertThat(lines.size()).isEqualTo(3);
        assertThat(new String(lines.buffer(), lines.offset(1), lines.length(1), StandardCharsets.UTF_8))
                .startsWith("{\"action\":\"Session.Closed\"")
                .contains("Grüße");
        assertThat(lines.length(2)).isZero();
        byte[] cose = BatchFrame.parse(frame).cose();
        SignedBatch batch = SignedBatch.parse(cose);
        assertThat(batch.digest()).isEqualTo(Digest.of(cose));
        assertThat(batch.keyId()).isEqualTo(key.id());
        assertThat(batch.algorithm()).isEqualTo(algorithm);
        BatchHead head = batch.head();
        assertThat(head.device().value()).isEqualTo("laptop-7");
        assertThat(head.stream().value()).isEqualTo("audit.security");
        assertThat(head.sentAt()).isEqualTo(1_795_222_923L);
        assertThat(head.epoch()).hasToString("000102030405060708090a0b0c0d0e0f");
        assertThat(head.first()).isEqualTo(70_000);
        assertThat(head.last()).isEqualTo(70_002);
        assertThat(head.previous()).isEqualTo(Digest.of("before".getBytes(StandardCharsets.UTF_8)));
        assertThat(head.boot()).isEqualTo("7d3c2f4e-0a1b-4c5d-8e9f-001122334455");
        assertThat(head.monotonicMillis()).isEqualTo(86_400_123L);
        assertThat(head.encoding()).isEqualTo(LineEncoding.NONE);
    }
}
