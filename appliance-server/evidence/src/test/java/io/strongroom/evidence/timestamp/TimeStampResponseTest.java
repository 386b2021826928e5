package io.strongroom.evidence.timestamp;

import static io.strongroom.evidence.timestamp.DerWriter.bool;
import static io.strongroom.evidence.timestamp.DerWriter.integer;
import static io.strongroom.evidence.timestamp.DerWriter.name;
import static io.strongroom.evidence.timestamp.DerWriter.octets;
import static io.strongroom.evidence.timestamp.DerWriter.oid;
import static io.strongroom.evidence.timestamp.DerWriter.seq;
import static io.strongroom.evidence.timestamp.DerWriter.set;
import static io.strongroom.evidence.timestamp.DerWriter.tlv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TimeStampResponseTest {
    private static final String ESS_CERT_ID = "1.2.840.113549.1.9.16.2.12";
    private static final byte[] STAMPED = "what was there".getBytes(StandardCharsets.UTF_8);

    static byte[] golden(String name) {
        try (InputStream in = TimeStampResponseTest.class.getResourceAsStream("/timestamp/" + name)) {
            if (in == null) {
                throw new AssertionError("no file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static TimeRoot goldenRoot(String name) {
        return TimeRoot.of(name, golden(name + "-root.der"));
    }

    @Test
    void tokensOfOpenSslVerifyUnderTheirRoots() {
        byte[] note = golden("checkpoint.note");
        List<TimeRoot> roots = List.of(goldenRoot("ec"), goldenRoot("rsa"));
        TimeStamp rsa = TimeStampResponse.parse(golden("rsa.tsr")).verify(note, roots);
        assertThat(rsa.authority()).isEqualTo("CN=rsa-tsa,O=Strongroom tests");
        assertThat(rsa.root().name()).isEqualTo("rsa");
        assertThat(rsa.policy()).isEqualTo("1.2.3.4.1");
        assertThat(rsa.accuracy()).isEqualTo(Duration.ofNanos(1_500_100_000));
        assertThat(rsa.time()).isBetween(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));
        TimeStamp ec = TimeStampResponse.parse(golden("ec.tsr")).verify(note, roots);
        assertThat(ec.authority()).isEqualTo("CN=ec-tsa,O=Strongroom tests");
        assertThat(ec.root().name()).isEqualTo("ec");
    }

    @Test
    void tokensOfOpenSslDoNotVerifyUnderOtherRootsOrForOtherBytes() {
        byte[] note = golden("checkpoint.note");
        assertRefused(golden("rsa.tsr"), note, List.of(goldenRoot("ec")), "does not lead to a trusted root");
        assertRefused(golden("ec.tsr"), note, List.of(goldenRoot("rsa")), "does not lead to a trusted root");
        assertRefused(golden("ec.tsr"), note, List.of(), "does not lead to a trusted root");
        assertRefused(golden("other.tsr"), note, List.of(goldenRoot("ec")), "other bytes");
        assertThat(TimeStampResponse.parse(golden("other.tsr"))
                        .verify("other".getBytes(StandardCharsets.UTF_8), List.of(goldenRoot("ec")))
                        .root()
                        .name())
                .isEqualTo("ec");
    }

    private static void assertRefused(byte[] token, byte[] stamped, List<TimeRoot> roots, String reason) {
        assertThatExceptionOfType(TimeStampException.class)
                .isThrownBy(() -> TimeStampResponse.parse(token).verify(stamped, roots))
                .withMessageContaining(reason);
    }

    @Test
    void aTokenSaysWhenAndHowExactly() {
        TestAuthority authority = new TestAuthority();
        TimeStamp stamp = TimeStampResponse.parse(authority.stamp(STAMPED)).verify(STAMPED, List.of(authority.root()));
        assertThat(stamp.time()).isEqualTo(Instant.parse("2026-11-21T01:02:03.500Z"));
        assertThat(stamp.accuracy()).isEqualTo(Duration.ofMillis(1500));
        assertThat(stamp.authority()).isEqualTo("CN=Test authority");
        assertThat(stamp.serial()).isEqualTo(1000);
    }

    @Test
    void whatTheStandardAllowsBesidesIsTaken() {
        List<Consumer<TestAuthority>> variants = List.of(
                a -> a.status = 1,
                a -> a.accuracy = new byte[0],
                a -> a.infoRest = bool(true),
                a -> a.infoRest = integer(12345),
                a -> a.infoRest = tlv(0xa0, tlv(0xa4, name("Test authority"))),
                a -> a.infoRest = tlv(0xa0, tlv(0x86, "http://example.com".getBytes(StandardCharsets.UTF_8))),
                a -> a.infoRest = tlv(0xa1, seq(oid("1.2.3.4"), octets(new byte[3]))),
                a -> a.moreAttributes = seq(oid("1.2.3.4"), set(integer(1))),
                a -> a.keyUsage = 0x40,
                a -> {
                    a.certificateAttributeType = ESS_CERT_ID;
                    a.certificateBySha1 = true;
                },
                a -> a.time = "20261121010203Z");
        for (Consumer<TestAuthority> variant : variants) {
            TestAuthority authority = new TestAuthority();
            variant.accept(authority);
            TimeStamp stamp =
                    TimeStampResponse.parse(authority.stamp(STAMPED)).verify(STAMPED, List.of(authority.root()));
            assertThat(stamp.time()).isAfterOrEqualTo(Instant.parse("2026-11-21T01:02:03Z"));
        }
    }

    private final List<DynamicTest> wrong = new ArrayList<>();

    private void wrong(String what, String reason, Consumer<TestAuthority> change) {
        wrong.add(DynamicTest.dynamicTest(what, () -> {
            TestAuthority authority = new TestAuthority();
            change.accept(authority);
            assertRefused(authority.stamp(STAMPED), STAMPED, List.of(authority.root()), reason);
        }));
    }

    @TestFactory
    List<DynamicTest> whateverIsWrongIsRefusedWithItsReason() {
        wrong("the authority refused", "refused, with status 2", a -> a.status = 2);
        wrong("not a time-stamp", "no time-stamp", a -> a.contentType = "1.2.840.113549.1.7.1");
        wrong("another version", "another version than 1", a -> a.infoVersion = 2);
        wrong("SHA-1 imprint", "not SHA-256", a -> a.imprintAlgorithm = TestAuthority.SHA_1);
        wrong("a day that is none", "does not exist", a -> a.time = "20260230010203Z");
        wrong("a fraction that ends in zero", "not of the form", a -> a.time = "20261121010203.50Z");
        wrong("local time", "not of the form", a -> a.time = "20261121010203+0100");
        wrong("accuracy of no milliseconds", "1 to 999", a -> a.accuracy = seq(tlv(0x80, new byte[] {0})));
        wrong("something after the content", "something follows", a -> a.infoRest = octets(new byte[1]));
        wrong(
                "a critical extension",
                "critical extension 1.2.3.4",
                a -> a.infoRest = tlv(0xa1, seq(oid("1.2.3.4"), bool(true), octets(new byte[3]))));
        wrong(
                "another authority's name",
                "names another authority",
                a -> a.infoRest = tlv(0xa0, tlv(0xa4, name("Somebody else"))));
        wrong("no signed type", "which type of content", a -> a.attributeContentType = null);
        wrong("another signed type", "another type of content", a -> a.attributeContentType = "1.2.3");
        wrong("another digest signed", "another content", a -> a.digestSuffix = new byte[1]);
        wrong(
                "an attribute twice",
                "stands twice",
                a -> a.moreAttributes = seq(oid("1.2.840.113549.1.9.4"), set(octets(new byte[32]))));
        wrong(
                "an attribute of two values",
                "something follows",
                a -> a.moreAttributes = seq(oid("1.2.3.4"), set(integer(1), integer(2))));
        wrong("no certificate signed", "ESSCertID", a -> a.certificateAttribute = false);
        wrong("SHA-256 for SHA-1", "under another certificate", a -> a.certificateAttributeType = ESS_CERT_ID);
        wrong("SHA-1 for SHA-256", "under another certificate", a -> a.certificateBySha1 = true);
        wrong("another certificate signed", "under another certificate", a -> a.certificateHashSuffix = new byte[1]);
        wrong("another certificate's number", "another issuer or number", a -> a.issuerSerial = 8);
        wrong("another key", "does not fit", a -> a.signingKey = TestAuthority.anotherKey());
        wrong("SHA-1", "not SHA-256, SHA-384 or SHA-512", a -> a.digestAlgorithm = TestAuthority.SHA_1);
        wrong("digests that differ", "not RSA", a -> a.signatureAlgorithm = "1.2.840.10045.4.3.3");
        wrong("unknown signature algorithm", "not RSA", a -> a.signatureAlgorithm = "1.3.101.112");
        wrong("RSA for an EC key", "cannot be verified", a -> a.signatureAlgorithm = "1.2.840.113549.1.1.11");
        wrong("no certificate", "does not bring the certificate", a -> a.certificateComes = false);
        wrong("another signer", "does not bring the certificate", a -> a.signerSerial = 8);
        wrong("two signers", "something follows", a -> a.signers = 2);
        wrong("no signer", "was expected", a -> a.signers = 0);
        wrong("usage not critical", "not for time-stamps alone", a -> a.usageCritical = false);
        wrong("another usage", "not for time-stamps alone", a -> a.usages = List.of("1.3.6.1.5.5.7.3.1"));
        wrong(
                "a usage besides",
                "not for time-stamps alone",
                a -> a.usages = List.of(TestAuthority.TIME_STAMPING, "1.3.6.1.5.5.7.3.1"));
        wrong("key for other things", "does not allow signatures", a -> a.keyUsage = 0x20);
        wrong("expired then", "trusted root", a -> a.certificateUntil = "20261121010203Z");
        wrong("not valid yet", "trusted root", a -> a.certificateFrom = "20261121010204Z");
        wrong("root expired then", "trusted root", a -> a.rootUntil = "20261121010203Z");
        wrong("another issuer", "trusted root", a -> a.issuer = "Another root");
        wrong("a forged issuer", "trusted root", a -> a.rootKey = TestAuthority.anotherKey());
        wrong(
                "an unknown critical extension",
                "trusted root",
                a -> a.unknownExtension = TestAuthority.extension("1.2.3.4", true, integer(1)));
        return wrong;
    }
}
