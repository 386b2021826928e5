package io.strongroom.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * What was kept apart once opens, and is found, for ever: values that another implementation made from formats §4. With
 * another key, associated data or form of names all that an appliance holds would be closed, or found no more.
 */
class KeptFormsTest {
    private static final TenantId TENANT = new TenantId("Acme");
    private static final SecretKey SECRET = new SecretKeySpec(counting(0, 32), "HKDF");

    private static byte[] counting(int from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    @Test
    void aCiphertextOpensUnderTheKeyOfItsRecordAndWhatItIsBoundTo() {
        byte[] kept = HexFormat.of()
                .parseHex("404142434445464748494a4b3ccc46b9033b6bddd64a2cbbeddc4042251e51b6935dae9e4d"
                        + "e42268a6fb753195f7346b9749266a8f829baafaef3f24dbaf8292c45af677b41c6db3b17b4f069e68c4da00a2760fe34b142"
                        + "b0b1cc2f81857fdcdee");

        List<Disclosure> opened = new DisclosureCipher(TENANT, RandomGenerator.getDefault())
                .open(
                        DataKey.of(7, counting(32, 32)),
                        RecordId.parse("01M7XPE600CG13P77EE879FQN6"),
                        Digest.of(new byte[] {1}),
                        new SealedDisclosures("CONFIDENTIAL", 7, kept));

        assertThat(opened).singleElement().satisfies(disclosure -> {
            assertThat(disclosure.pointer()).isEqualTo(JsonPointer.of("attributes", "email"));
            assertThat(disclosure.value().string()).isEqualTo("x@example.org");
            assertThat(disclosure.salt()).isEqualTo("UFFSU1RVVldYWVpbXF1eXw");
        });
    }

    @Test
    void hashesOfFieldsAndUsersStayAsTheyAre() {
        FieldHashes hashes = new FieldHashes(SECRET, TENANT);

        assertThat(HexFormat.of().formatHex(hashes.tenantSalt()))
                .isEqualTo("e07976539fb69bc99fc6dfb75f43498d1344a28062cef9c05010b629cdf62e2c");
        assertThat(hashes.findable("/attributes/email", SearchRights.text("x@example.org")))
                .isEqualTo(0x0c73e6c2);
        assertThat(hashes.user("ann")).isEqualTo("08c12ccd867207b38a4628b67590d3c2");
    }

    @Test
    void namesOfKeysStayAsTheyAre() {
        KeyNames names = new KeyNames(SECRET, TENANT);

        assertThat(HexFormat.of().formatHex(names.subject("\"patient-1\"").mac()))
                .isEqualTo("4126c8e742beb4788fb405031ffa29f504928962e62439ee38cd687a43009c74");
        assertThat(HexFormat.of()
                        .formatHex(names.day(LocalDate.of(2026, 11, 21)).mac()))
                .isEqualTo("dc7dbf55235984c31fc18f9d72f4093c0b5189da03c0de0ae43cf349b57f5a8e");
    }
}
