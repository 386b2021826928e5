package io.strongroom.server.telemetry.incident.rule;

import static io.strongroom.server.telemetry.incident.rule.Seen.DAY;
import static io.strongroom.server.telemetry.incident.rule.Seen.HOUR;
import static io.strongroom.server.telemetry.incident.rule.Seen.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.strongroom.server.telemetry.incident.rule.Finding.Cleared;
import io.strongroom.server.telemetry.incident.rule.Finding.Raised;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule just below its threshold, and just above. */
class RulesTest {
    private final Rules rules = new Rules(Thresholds.DEFAULT);
    private final Memory memory = new Memory();
    private long seq;

    private List<Finding> see(Seen seen) {
        boolean read = seen.stream().startsWith("system.") || rules.read(seen.stream(), seen.action());
        return rules.judge((read ? seen : seen.unread()).at(seq++), memory);
    }

    private List<Raised> raised(Seen seen) {
        return see(seen).stream()
                .filter(Raised.class::isInstance)
                .map(Raised.class::cast)
                .toList();
    }

    /** A disk that fills from {@code used} so that it is full {@code hours} after the last of two hours. */
    private List<Raised> filling(double used, double hours) {
        double slope = (1 - used) / (2 + hours);
        List<Raised> last = List.of();
        for (int i = 0; i <= 12; i++) {
            last = raised(Seen.health(DAY + i * 10 * MINUTE).disk("/var", used + slope * i / 6));
        }
        return last;
    }

    @Test
    void aDiskThatIsFullWithinADayIsAnIncident() {
        assertThat(filling(0.5, 24.2)).isEmpty();
    }

    @Test
    void aDiskThatIsFullSoonerIsOne() {
        assertThat(filling(0.5, 23.8)).singleElement().satisfies(raised -> {
            assertThat(raised.rule()).isEqualTo("disk-filling");
            assertThat(raised.subject()).isEqualTo("/var");
            assertThat(raised.severity()).isEqualTo(Severity.S2);
            assertThat(raised.detail()).extractingByKey("hoursLeft", DOUBLE).isBetween(23.7, 23.9);
        });
    }

    @Test
    void aDiskIsOverOnceThereIsTwiceTheTime() {
        assertThat(filling(0.5, 20)).hasSize(1);
        assertThat(see(Seen.health(DAY + 10 * HOUR).disk("/var", 0.3)).stream().filter(Cleared.class::isInstance))
                .containsExactly(new Cleared("disk-filling", "/var"));
    }

    @Test
    void oneLargeFileIsNoTrend() {
        for (int i = 0; i < 30; i++) {
            assertThat(raised(Seen.health(DAY + i * 10 * MINUTE).disk("/", i < 15 ? 0.4 : 0.9)))
                    .isEmpty();
        }
    }

    @Test
    void aFullDiskIsWorse() {
        assertThat(raised(Seen.health(DAY).disk("/", 0.979))).isEmpty();
        assertThat(raised(Seen.health(DAY + HOUR).disk("/", 0.98)))
                .extracting(Raised::severity)
                .containsExactly(Severity.S1);
    }

    @Test
    void whatIsTooOftenOrLateIsNoPoint() {
        for (int i = 0; i < 200; i++) {
            assertThat(raised(Seen.health(DAY + i * 1000).disk("/", 0.5 + i / 1000.0)))
                    .isEmpty();
        }
        assertThat(memory.get("disk-filling:/")).hasSize(2);
        see(Seen.health(DAY - HOUR).disk("/", 0.1));
        assertThat(memory.get("disk-filling:/")).hasSize(2);
    }

    @Test
    void fiveCrashesWithinAnHourAreAnIncidentWhichIsOverAnHourAfterTheLast() {
        for (int i = 0; i < 4; i++) {
            assertThat(see(Seen.action("Process.Crashed", DAY + i * MINUTE))).isEmpty();
        }
        assertThat(see(Seen.action("Process.Crashed", DAY + HOUR + 3 * MINUTE)))
                .as("only one of the others is within the hour")
                .isEmpty();
        for (int i = 4; i < 7; i++) {
            assertThat(see(Seen.action("Process.Crashed", DAY + HOUR + i * MINUTE)))
                    .isEmpty();
        }
        assertThat(raised(Seen.action("Process.Crashed", DAY + HOUR + 7 * MINUTE)))
                .singleElement()
                .satisfies(raised -> assertThat(raised.detail()).isEqualTo(Map.of("crashes", 5L)));
        assertThat(see(Seen.health(DAY + 2 * HOUR + 7 * MINUTE))).isEmpty();
        assertThat(see(Seen.health(DAY + 2 * HOUR + 7 * MINUTE + 1))).contains(new Cleared("crash-rate", ""));
    }

    @Test
    void twoFailuresInARowOfOnePackageAreAnIncidentWhichIsOverOnceItSucceeds() {
        Seen failed = Seen.action("Deployment.Failed", DAY);
        assertThat(see(failed.with("package", "pkg:deb/a"))).isEmpty();
        assertThat(see(failed.with("package", "pkg:deb/b"))).isEmpty();
        assertThat(raised(failed.with("package", "pkg:deb/a")))
                .extracting(Raised::subject)
                .containsExactly("pkg:deb/a");
        Seen done = Seen.action("Deployment.Succeeded", DAY);
        assertThat(see(done.with("package", "pkg:deb/a"))).contains(new Cleared("deployment-failed", "pkg:deb/a"));
        assertThat(see(failed.with("package", "pkg:deb/a"))).isEmpty();
    }

    /** {@code days} days that vary a little, then an hour at {@code odd}; what is found once that hour is over. */
    private List<Raised> oddHour(int hours, double odd) {
        for (int i = 0; i < hours; i++) {
            see(Seen.health(DAY + i * HOUR).with("system.cpu.utilization", 0.3 + 0.02 * (i % 5 - 2)));
        }
        see(Seen.health(DAY + hours * HOUR).with("system.cpu.utilization", odd));
        see(Seen.health(DAY + hours * HOUR + MINUTE).with("system.cpu.utilization", odd));
        return raised(Seen.health(DAY + (hours + 1) * HOUR).with("system.cpu.utilization", 0.3));
    }

    @Test
    void anHourAsFarFromTheMedianAsUsualIsNoOutlier() {
        // The deviation is 1.4826 times 0.02, and six times that is 0.1779.
        assertThat(oddHour(48, 0.477)).isEmpty();
    }

    @Test
    void anHourFarFromTheMedianIsAnOutlierAndIsOverAfterAUsualOne() {
        assertThat(oddHour(48, 0.479)).singleElement().satisfies(raised -> {
            assertThat(raised.rule()).isEqualTo("outlier");
            assertThat(raised.subject()).isEqualTo("system.cpu.utilization");
            assertThat(raised.severity()).isEqualTo(Severity.S3);
        });
        assertThat(see(Seen.health(DAY + 50 * HOUR).with("system.cpu.utilization", 0.3)))
                .contains(new Cleared("outlier", "system.cpu.utilization"));
    }

    @Test
    void lessThanADayOfHistorySaysNothing() {
        assertThat(oddHour(23, 1)).isEmpty();
    }

    @Test
    void aDayOfHistoryDoes() {
        assertThat(oddHour(24, 1)).hasSize(1);
    }

    @Test
    void theHistoryOfAMetricIsAWeekAtMost() {
        oddHour(400, 0.3);
        assertThat(memory.get("outlier:system.cpu.utilization")).hasSize(Outlier.MOST_HOURS + 3);
    }

    @Test
    void aClockAheadOfTheLedgersIsAnIncidentWhichIsOverAfterADay() {
        assertThat(see(Seen.health(DAY + MINUTE).recorded(DAY))).isEmpty();
        assertThat(raised(Seen.health(DAY + MINUTE + 1).recorded(DAY).in("audit.logs")))
                .extracting(Raised::rule)
                .containsExactly("clock-jump");
        assertThat(see(Seen.health(DAY + 24 * HOUR))).isEmpty();
        assertThat(see(Seen.health(DAY + 24 * HOUR + 1))).contains(new Cleared("clock-jump", ""));
    }

    @Test
    void aClockThatGoesBackWithinAStreamIsOneUnlessTheQueueWasMadeAnew() {
        long late = DAY + 10 * HOUR;
        see(Seen.health(DAY + HOUR).recorded(late));
        assertThat(see(Seen.health(DAY + HOUR - MINUTE).recorded(late))).isEmpty();
        assertThat(raised(Seen.health(DAY + HOUR - 2 * MINUTE - 1).recorded(late)))
                .hasSize(1);
        see(Seen.appliance("DeviceBatch.NewEpoch", late).with("stream", "telemetry.health"));
        assertThat(raised(Seen.health(DAY - HOUR).recorded(late))).isEmpty();
        Seen notice = new Seen("dev-1", "telemetry.health", "agent.gap", DAY + 5 * HOUR, late, Map.of());
        see(notice.with("cause", "evicted"));
        assertThat(raised(Seen.health(DAY).recorded(late)))
                .as("what fills a hole has a time of its own")
                .isEmpty();
    }

    @Test
    void whatTheAgentFoundOfItsClockIsOneIfItChanges() {
        Seen told = Seen.health(DAY);
        assertThat(see(told.with("agent.sent.applianceAheadMillis", 500_000))).isEmpty();
        assertThat(see(told.with("agent.sent.applianceAheadMillis", 560_000))).isEmpty();
        assertThat(raised(told.with("agent.sent.applianceAheadMillis", 620_001)))
                .hasSize(1);
    }

    @Test
    void aGapIsAsBadAsWhatWasLost() {
        assertThat(raised(Seen.action("agent.gap", DAY).with("cause", "evicted")))
                .containsExactly(new Raised(
                        "gap", "audit.logs", Severity.S1, Map.of("stream", "audit.logs", "cause", "evicted")));
        Seen telemetry = new Seen("dev-1", "telemetry.health", "agent.gap", DAY, DAY, Map.of());
        assertThat(raised(telemetry.with("cause", "downsampled")))
                .extracting(Raised::severity)
                .containsExactly(Severity.S3);
        assertThat(raised(telemetry.with("cause", "jane's words")))
                .extracting(Raised::severity, raised -> raised.detail().get("cause"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Severity.S2, "unknown"));
        assertThat(raised(Seen.appliance("DeviceBatch.Gap", DAY).with("stream", "audit.logs")))
                .extracting(Raised::subject)
                .containsExactly("audit.logs");
        assertThat(raised(Seen.action("DeviceBatch.Gap", DAY)))
                .as("a device does not speak for the appliance")
                .isEmpty();
    }

    @Test
    void aGapThatTheApplianceSeesIsOfTheCauseThatTheDeviceGave() {
        Seen seen = Seen.appliance("DeviceBatch.Gap", DAY).with("stream", "telemetry.health");
        assertThat(raised(seen.with("cause", "downsampled")))
                .containsExactly(new Raised(
                        "gap",
                        "telemetry.health",
                        Severity.S3,
                        Map.of("stream", "telemetry.health", "cause", "downsampled")));
        assertThat(raised(seen.with("cause", "jane's words")))
                .extracting(Raised::severity, raised -> raised.detail().get("cause"))
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Severity.S2, "not sent"));
        Seen anew = Seen.appliance("DeviceBatch.NewEpoch", DAY).with("stream", "audit.logs");
        assertThat(raised(anew.with("cause", "queue-lost")))
                .extracting(raised -> raised.detail().get("cause"))
                .containsExactly("queue-lost");
        assertThat(raised(anew))
                .extracting(raised -> raised.detail().get("cause"))
                .containsExactly("queue made anew");
    }

    @Test
    void aQueueThatWasAskedToBeginAnewLostNothing() {
        assertThat(see(Seen.appliance("DeviceBatch.NewEpoch", DAY)
                        .with("stream", "audit.logs")
                        .with("cause", "rotated")))
                .isEmpty();
        assertThat(see(Seen.action("agent.gap", DAY).with("cause", "rotated"))).isEmpty();
    }

    @Test
    void aCopiedKeyIsOneUntilAnOfficerHasDecided() {
        assertThat(see(Seen.appliance("Device.Locked", DAY))).isEmpty();
        assertThat(see(Seen.appliance("Device.Unlocked", DAY))).isEmpty();
        assertThat(raised(Seen.appliance("Device.Locked", DAY).with("because", "copied-key")))
                .containsExactly(new Raised("copied-key", "", Severity.S1, Map.of()));
        assertThat(see(Seen.appliance("Device.Unlocked", DAY))).containsExactly(new Cleared("copied-key", ""));
        assertThat(raised(Seen.appliance("DeviceBatch.Conflict", DAY)))
                .extracting(Raised::rule, Raised::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("batch-conflict", Severity.S1));
    }

    @Test
    void anAgentRaisesOneItselfAndItsWordsGoNoFurther() {
        Seen told = Seen.action("Incident.Raised", DAY);
        assertThat(raised(told.with("rule", "two-histories")
                        .with("severity", "S1")
                        .with("detail", "by jane")))
                .containsExactly(new Raised("agent.two-histories", "", Severity.S1, Map.of()));
        assertThat(raised(told.with("rule", "Jane Doe").with("severity", "bad")))
                .containsExactly(new Raised("agent.unnamed", "", Severity.S2, Map.of()));
    }

    @Test
    void aDeviceThatNamesMoreThanIsRememberedMakesTheMemoryNoLarger() {
        for (int i = 0; i < 3 * Memory.MOST_SLOTS; i++) {
            see(Seen.health(DAY).disk("/mnt/" + i, 0.5));
        }
        assertThat(memory.changes()).hasSize(Memory.MOST_SLOTS);
    }
}
