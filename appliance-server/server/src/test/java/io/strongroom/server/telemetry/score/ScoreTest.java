package io.strongroom.server.telemetry.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.strongroom.server.telemetry.score.Score.Missing;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static Map<Component, Double> all(double share) {
        Map<Component, Double> inputs = new EnumMap<>(Component.class);
        for (Component each : Component.values()) {
            inputs.put(each, each.good() + share * (each.bad() - each.good()));
        }
        return inputs;
    }

    @Test
    void theWeightsAddUpToAHundred() {
        assertThat(Arrays.stream(Component.values()).mapToInt(Component::weight).sum())
                .isEqualTo(100);
    }

    @Test
    void whatIsGoodIsAHundredAndWhatIsBadNothingAndBetweenInProportion() {
        assertThat(Score.of(all(0), Set.of()).points()).hasValue(100);
        assertThat(Score.of(all(-5), Set.of()).points()).hasValue(100);
        assertThat(Score.of(all(1), Set.of()).points()).hasValue(0);
        assertThat(Score.of(all(3), Set.of()).points()).hasValue(0);
        assertThat(Score.of(all(0.25), Set.of()).points().orElseThrow()).isCloseTo(75, within(1e-9));
    }

    @Test
    void aMissingInputIsNamedAndCountsNeitherForNorAgainst() {
        Map<Component, Double> inputs = all(0.25);
        inputs.remove(Component.RESPONSIVENESS);
        inputs.remove(Component.DISK);
        Score score = Score.of(inputs, Set.of(Component.DISK));
        assertThat(score.points().orElseThrow()).isCloseTo(75, within(1e-9));
        assertThat(score.knownWeight()).isEqualTo(65);
        assertThat(score.missing())
                .isEqualTo(Map.of(Component.RESPONSIVENESS, Missing.NOT_TOLD, Component.DISK, Missing.HIDDEN));
    }

    @Test
    void lessThanHalfOfTheWeightIsNoScore() {
        Map<Component, Double> inputs = new EnumMap<>(Component.class);
        inputs.put(Component.PROCESSOR, 0.1);
        inputs.put(Component.MEMORY, 0.1);
        assertThat(Score.of(inputs, Set.of()).points()).isEmpty();
        inputs.put(Component.AGENT, 0.0);
        assertThat(Score.of(inputs, Set.of()).knownWeight()).isEqualTo(Score.LEAST_WEIGHT);
        assertThat(Score.of(inputs, Set.of()).points()).hasValue(100);
        assertThat(Score.of(Map.of(), Set.of()).points()).isEmpty();
    }

    @Property
    void aScoreIsFromNothingToAHundred(@ForAll @DoubleRange(min = -1e9, max = 1e9) double share) {
        assertThat(Score.of(all(share), Set.of()).points().orElseThrow()).isBetween(0.0, 100.0);
    }
}
