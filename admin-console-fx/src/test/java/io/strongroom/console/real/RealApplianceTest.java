package io.strongroom.console.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.About;
import io.strongroom.api.ExportFormat;
import io.strongroom.api.ExportRequest;
import io.strongroom.api.QueryPage;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.Selection;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.RecordQuery;
import io.strongroom.api.client.Session;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.tile.TilePath;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RealApplianceTest {
    private static final RecordQuery DESK = RecordQuery.ALL.source("clinic-desk");

    @Test
    void anOfficerSignsInAndFindsARecordWithItsProof() {
        RealAppliance appliance = RealAppliance.shared();
        try (StrongroomClient anyone = appliance.appliance().build()) {
            About about = anyone.about();
            assertThat(about.fingerprint()).isEqualTo(appliance.fingerprint().toString());
        }

        Session session = appliance
                .appliance()
                .signIn(new SignInRequest(
                        RealAppliance.ben().id(),
                        RealOfficer.PASSWORD,
                        RealAppliance.ben().code()));
        StrongroomClient ben = session.client();

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> ben.records().query(DESK.limit(500)).items().size() == 80);
        QueryPage page = ben.records().query(DESK.limit(1));
        String id = page.items().getFirst().recordId();
        assertThat(ben.records().one(id).record())
                .isEqualTo(page.items().getFirst().record());
        assertThat(ben.ledger().proof(id)).startsWith("c2sp.org/tlog-proof@v1");
        RecordFacets facets = ben.records().facets(DESK.with("fields", "action,outcome"));
        assertThat(facets.facets()).hasSize(2);
        assertThat(facets.facets().getFirst().values().stream()
                        .mapToLong(RecordFacets.Value::records)
                        .sum())
                .isEqualTo(80);
        assertThat(ben.records().plan(DESK).statements()).isNotEmpty();

        session.signOut();
        assertThat(RealAppliance.ben().client().auth().keys()).singleElement().satisfies(key -> assertThat(key.id())
                .isEqualTo(RealAppliance.ben().key().verifyingKey().id().toString()));
    }

    @Test
    void officersSeeTheChainThePolicyAndWhatAPackWouldHold() {
        StrongroomClient ben = RealAppliance.ben().client();
        ExportRequest pack = new ExportRequest(Selection.range(0, 99), ExportFormat.NDJSON, "for an auditor");

        assertThat(ben.exports().estimate(pack).entries()).isEqualTo(100);
        assertThat(ben.exports().list(null, 10).next()).isNull();
        assertThat(ben.ledger().days(null, 31).items()).isNotEmpty();
        assertThat(ben.log().tile(new TilePath(0, 0, 8))).hasSize(8 * Digest.BYTES);
        assertThat(RealAppliance.ann().client().policies().bundle()).isNotEmpty();
        assertThat(RealAppliance.ann().client().ops().status().ready()).isTrue();
        assertThat(RealAppliance.ann().client().devices().groups()).isNotEmpty();
    }

    @Test
    void whatARoleIsNotForIsForbidden() {
        assertThatThrownBy(() -> RealAppliance.ann().client().records().query(RecordQuery.ALL))
                .isInstanceOf(StrongroomException.Forbidden.class);
        assertThat(RealAppliance.ann()
                        .client()
                        .incidents()
                        .list(IncidentFilter.ALL, null, 10)
                        .items())
                .isEmpty();
    }
}
