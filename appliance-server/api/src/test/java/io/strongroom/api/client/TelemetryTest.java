package io.strongroom.api.client;

import static io.strongroom.api.client.FakeAppliance.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.Device;
import io.strongroom.api.Page;
import io.strongroom.api.telemetry.DeviceUser;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.api.telemetry.FleetFilter;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read of answers where something is hidden, missing, or on another page. */
final class TelemetryTest {
    private FakeAppliance appliance;
    private StrongroomClient client;

    @BeforeEach
    void start() throws Exception {
        appliance = new FakeAppliance();
        client = StrongroomClient.at(appliance.address())
                .trust(ApplianceTrust.pinned(appliance.fingerprint()))
                .retry(RetryPolicy.NONE)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        appliance.close();
    }

    private String asked() {
        return appliance.requests().getLast().path();
    }

    @Test
    void whatPolicyHidesHasAReasonInThePlaceOfItsValue() {
        appliance.answers(json(200, """
                {"items":[{"device":"dev-1","label":"till","group":"default","state":"active","enrolledAt":"t1",
                 "stateSince":"t2","facts":{"host.name":{"withheld":"because","toldAt":"t3","seq":7},
                 "os.type":{"value":"linux","toldAt":"t3","seq":7}}}],"next":"dev-1","cursor":9,"lagMillis":4,
                 "rebuilding":true}"""));

        Page<FleetDevice> page = client.telemetry().devices(new FleetFilter("active", null, null), "dev 0", 1);

        assertThat(asked()).isEqualTo("/api/v1/telemetry/devices?after=dev%200&limit=1&state=active");
        FleetDevice device = page.items().getFirst();
        assertThat(device.facts().get("host.name")).isEqualTo(new FleetDevice.Fact(null, "because", "t3", 7));
        assertThat(device.facts().get("os.type")).isEqualTo(new FleetDevice.Fact("linux", null, "t3", 7));
        assertThat(device.lastSeen()).isNull();
        assertThat(page.next()).isEqualTo("dev-1");
        assertThat(page.rebuilding()).isTrue();

        appliance.answers(json(200, """
                {"items":[{"device":"d","user":{"withheld":"not yours"},"state":"refused","reason":"too many",
                 "firstSeen":"a","lastSeen":"b","seq":1}],"next":null}"""));
        DeviceUser user = client.telemetry().users("d").items().getFirst();
        assertThat(user.user().withheld()).isEqualTo("not yours");
        assertThat(user.user().name()).isNull();
    }

    @Test
    void numbersHaveFractionsAndMayBeMissing() {
        appliance.answers(json(200, """
                {"score":null,"knownWeight":40,"components":[
                 {"component":"processor","weight":20,"input":"system.cpu.utilization","goodUpTo":0.6,"badFrom":1,
                  "value":0.25,"score":100},
                 {"component":"memory","weight":20,"input":"m","goodUpTo":0.75,"badFrom":1,"missing":"hidden"}]}"""));

        var score = client.telemetry().score("d");

        assertThat(score.score()).isEmpty();
        assertThat(score.components().getFirst().value()).hasValue(0.25);
        assertThat(score.components().getLast().value()).isEmpty();
        assertThat(score.components().getLast().missing()).isEqualTo("hidden");
    }

    @Test
    void allPagesOfDevicesAreOneList() {
        String device = """
                {"id":"%s","label":"l","group":"g","state":"active","generation":1,"madeAt":"t","changedAt":"t",
                 "changedBy":"ann"}""";
        appliance.answers(
                json(200, "{\"items\":[" + device.formatted("dev-1") + "],\"next\":\"dev-1\"}"),
                json(200, "{\"items\":[" + device.formatted("dev-2") + "]}"));

        List<Device> all = client.devices().list(null, "tills & co");

        assertThat(all).extracting(Device::id).containsExactly("dev-1", "dev-2");
        assertThat(asked()).isEqualTo("/api/v1/devices?group=tills%20%26%20co&after=dev-1");
    }

    @Test
    void anIncidentSaysWhichRecordsItIsMadeOfAndWhoDecidedWhat() {
        appliance.answers(json(200, """
                {"items":[{"id":"inc-1","device":"d","rule":"disk-filling","subject":"/var","severity":"S2",
                 "state":"closed","detail":{"free":12},"openedAt":"a","lastAt":"b","count":3,"records":[4,5,9],
                 "recorded":10,"closed":{"by":"ann","at":"c","because":"fixed"}}],"next":"10"}"""));

        Incident incident = client.incidents()
                .list(IncidentFilter.ALL.in("closed"), null, 50)
                .items()
                .getFirst();

        assertThat(asked()).isEqualTo("/api/v1/telemetry/incidents?state=closed&limit=50");
        assertThat(incident.records()).containsExactly(4L, 5L, 9L);
        assertThat(incident.closed()).isEqualTo(new Incident.Deed("ann", "c", "fixed"));
        assertThat(incident.acknowledged()).isNull();
        assertThat(incident.subject()).isEqualTo("/var");
    }
}
