package io.strongroom.evidence.pack.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.pack.write.PackFixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a record says that the ledger's entry says of it, too, must be the same: an appliance that counts a record under
 * another stream or source than the record names would hide it from whoever asks for that stream.
 */
class EntryClaimsTest {
    private static final long PLACE = 5;

    private static Ladder verify(String members) {
        PackFixture log = PackFixture.log((int) PLACE);
        log.saying(members);
        log.grow(3, 0);
        return PackFiles.verifyZip(log.pack(0, log.size()), PackFixture.trust());
    }

    private static Ladder assertRefused(String members, String expected, String found) {
        Ladder ladder = verify(members);
        assertThat(ladder.verdict(Rung.RECORDED).outcome()).isEqualTo(Verdict.Outcome.FAILED);
        Failure failure = ladder.failure().orElseThrow();
        assertThat(failure.file()).isEqualTo(PackLayout.part(PackLayout.RECORDS, 0));
        assertThat(failure.expected()).contains(expected).contains("line 6");
        assertThat(failure.found()).isEqualTo(found);
        return ladder;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "stream":"audit.quiet"                                  | stream audit.default  | stream "audit.quiet"
            "stream":7                                              | stream audit.default  | stream 7
            "source":{"id":"door-servicf","sequence":5}             | source door-service   | source "door-servicf"
            "source":{"id":"door-service","sequence":6}             | sourceSeq 5           | sourceSeq 6
            "source":{"id":"door-service"}                          | sourceSeq 5           | sourceSeq none
            "policy":{"bundle":"sha256:00","retention":"audit-7y"}  | policy sha256:        | policy "sha256:00"
            """)
    void aRecordThatSaysOtherwiseThanItsEntryIsRefusedAtItsPlace(String members, String expected, String found) {
        assertThat(assertRefused(members, expected, found)
                        .failure()
                        .orElseThrow()
                        .place())
                .isEqualTo(PLACE);
    }

    @Test
    void aRetentionClassThatIsNotItsEntrysIsRefused() {
        Digest policy = PackFixture.log(1).policy();
        assertRefused(
                "\"policy\":{\"bundle\":\"" + policy + "\",\"retention\":\"audit-1y\"}",
                "retain audit-7y",
                "retain \"audit-1y\"");
        assertThat(verify("\"policy\":{\"bundle\":\"" + policy + "\",\"retention\":\"audit-7y\"}")
                        .failure())
                .isEmpty();
    }

    @Test
    void aTimeOfReceiptThatIsNotTheOneInItsIdIsRefused() {
        long received = PackFixture.START + PLACE;
        assertRefused(
                "\"receivedAt\":\"" + Rfc3339.format(received + 1) + "\"", Rfc3339.format(received), "another time");
        assertRefused("\"receivedAt\":\"noon\"", Rfc3339.format(received), "another time");
        assertThat(verify("\"receivedAt\":\"" + Rfc3339.format(received) + "\"").failure())
                .isEmpty();
    }

    @Test
    void aRecordOfAnotherTenantIsRefusedAndTheSameInOtherCaseIsNot() {
        assertRefused("\"tenantId\":\"acmf\"", "the tenant acme", "one of another");
        assertRefused("\"tenantId\":\"acme2\"", "the tenant acme", "one of another");
        assertThat(verify("\"tenantId\":\"ACME\"").failure()).isEmpty();
    }

    @Test
    void aRecordThatSaysNothingOfItIsNotAskedFor() {
        assertThat(verify("\"action\":\"x\"").failure()).isEmpty();
        assertThat(verify("\"policy\":{}").failure()).isEmpty();
    }

    @Test
    void whatIsNoSourceOrNoPolicyIsRefused() {
        assertRefused("\"policy\":\"p\"", "a stored record", "no object where the format has one");
        for (String source : List.of("\"door-service\"", "{}", "{\"sequence\":5}", "[]", "7")) {
            assertRefused("\"source\":" + source, "a stored record", "a source without its id");
        }
        for (String source : List.of("{\"id\":\"door-service\",\"name\":1}", "{\"id\":\"door-service\",\"seq\":5}")) {
            assertRefused("\"source\":" + source, "a stored record", "a source with more than an id and a sequence");
        }
        assertRefused(
                "\"source\":{\"id\":\"door-service\",\"sequence\":5,\"x\":1}", "sourceSeq 5", "sourceSeq 5,\"x\":1");
    }
}
