package io.strongroom.server.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
    private static final byte[] DOCUMENT = "{}".getBytes(StandardCharsets.UTF_8);

    private final IdempotencyKeys keys = keys("acme", 1);

    @Test
    void a_sequence_is_its_own_second_half() {
        IdempotencyKey first = keys.ofSequence("orders", 41, DOCUMENT, 2);
        IdempotencyKey second = keys.ofSequence("orders", 42, DOCUMENT, 2);

        assertThat(first.low()).isEqualTo(41);
        assertThat(second.low()).isEqualTo(42);
        assertThat(second.high()).isEqualTo(first.high());
    }

    @Test
    void keys_are_scoped_by_source_and_tenant_and_kind() {
        assertThat(keys.ofSequence("a", 1, DOCUMENT, 2)).isNotEqualTo(keys.ofSequence("b", 1, DOCUMENT, 2));
        assertThat(keys.ofText("a", "k", DOCUMENT, 2)).isNotEqualTo(keys.ofText("b", "k", DOCUMENT, 2));
        assertThat(keys.ofText("a", "k", DOCUMENT, 2))
                .isNotEqualTo(keys("other", 1).ofText("a", "k", DOCUMENT, 2));
        assertThat(keys.ofText("a", "1", DOCUMENT, 2)).isNotEqualTo(keys.ofSequence("a", 1, DOCUMENT, 2));
        assertThat(keys.ofText("ab", "c", DOCUMENT, 2)).isNotEqualTo(keys.ofText("a", "bc", DOCUMENT, 2));
    }

    /** Made by another implementation. With another form a repetition of yesterday's would be a record of its own today. */
    @Test
    void the_form_stays_as_it_is() {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        IdempotencyKeys known = new IdempotencyKeys(new TenantId("acme"), new SecretKeySpec(secret, "HmacSHA256"));
        byte[] document = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        IdempotencyKey sequence = known.ofSequence("door", 41, document, document.length);
        IdempotencyKey text = known.ofText("door", "order-7", document, document.length);

        assertThat(HexFormat.of().toHexDigits(sequence.high())).isEqualTo("6dfaca368b52f8fe");
        assertThat(HexFormat.of().toHexDigits(text.high())).isEqualTo("dc41285193b91974");
        assertThat(HexFormat.of().toHexDigits(text.low())).isEqualTo("129f83a7998cc792");
        assertThat(HexFormat.of().formatHex(text.mac()))
                .isEqualTo("b4cebde30982443ec36c18fa99ad10a70e705bba779f57c37e84decb64ae50fb")
                .isEqualTo(HexFormat.of().formatHex(sequence.mac()));
    }

    @Test
    void the_tenants_case_makes_no_difference() {
        assertThat(keys.ofText("a", "k", DOCUMENT, 2)).isEqualTo(keys("ACME", 1).ofText("a", "k", DOCUMENT, 2));
    }

    @Test
    void the_mac_covers_the_document_and_needs_the_installations_key() {
        byte[] longer = "{} and what the buffer held before".getBytes(StandardCharsets.UTF_8);
        byte[] mac = keys.ofText("a", "k", DOCUMENT, 2).mac();

        assertThat(keys.ofText("a", "k", longer, 2).mac()).isEqualTo(mac);
        assertThat(keys.ofText("a", "k", longer, 3).mac()).isNotEqualTo(mac);
        assertThat(keys("acme", 2).ofText("a", "k", DOCUMENT, 2).mac()).isNotEqualTo(mac);
    }

    private static IdempotencyKeys keys(String tenant, int key) {
        return new IdempotencyKeys(
                new TenantId(tenant), new SecretKeySpec(new byte[] {(byte) key, 2, 3}, "HmacSHA256"));
    }
}
