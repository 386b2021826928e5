package io.strongroom.console.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DevicesModelTest {
    private static final Instant NOW = SampleFleet.NOW;

    @Test
    void aDeviceThatMayComeAndDoesNotIsSilent() {
        assertThat(standing("active", NOW.minus(Standing.SILENCE))).isEqualTo(Standing.WELL);
        assertThat(standing("active", NOW.minus(Standing.SILENCE).minusMillis(1)))
                .isEqualTo(Standing.SILENT);
        assertThat(Standing.of(SampleFleet.device("d", "l", "g", "active", null), NOW))
                .isEqualTo(Standing.UNHEARD);
    }

    @Test
    void whoeverIsShutOutIsNotExpected() {
        Instant longAgo = NOW.minus(Duration.ofDays(9));
        assertThat(standing("revoked", longAgo)).isEqualTo(Standing.REVOKED);
        assertThat(standing("locked", longAgo)).isEqualTo(Standing.LOCKED);
    }

    private static Standing standing(String state, Instant seen) {
        return Standing.of(SampleFleet.device("d", "l", "g", state, seen), NOW);
    }

    @Test
    void aCurveEndsWhereNothingWasMeasuredAndBeginsAnew() {
        Curve curve = Curve.of("system.cpu.utilization", SampleFleet.series("system.cpu.utilization"));
        assertThat(curve.runs()).extracting(List::size).containsExactly(8, 1, 12);
    }

    @Test
    void aMeasureIsWrittenInItsUnit() {
        assertThat(Metric.value("system.filesystem.utilization[/var]", 0.914, Locale.ENGLISH))
                .isEqualTo("91 %");
        assertThat(Metric.value("network.latency", 0.042, Locale.ENGLISH)).isEqualTo("42 ms");
        assertThat(Metric.value("agent.queue.depth", 1200, Locale.ENGLISH)).isEqualTo("1,200");
    }

    @Test
    void theCommandForADeviceNamesTheApplianceAndHandsOverTheCode() {
        assertThat(EnrolmentViewModel.command("https://vault.example:8444 ", "sre_abc.def"))
                .isEqualTo("printf %s 'sre_abc.def' | installer/strongroom agent enrol"
                        + " --appliance https://vault.example:8444");
    }
}
