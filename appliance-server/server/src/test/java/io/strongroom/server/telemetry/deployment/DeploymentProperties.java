package io.strongroom.server.telemetry.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.server.telemetry.deployment.Deployment.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DeploymentProperties {

    @Property(tries = 200)
    void whatIsToldOfAJobComesToTheSameInWhateverOrder(
            @ForAll @IntRange(min = 1, max = 8) int count, @ForAll Random random) {
        List<Deployment> told = new ArrayList<>();
        for (int seq = 0; seq < count; seq++) {
            State state = State.values()[random.nextInt(State.values().length)];
            long at = random.nextInt(4);
            told.add(new Deployment(
                    "dev-1", "job", "pkg:deb/a", "s", "/p", state, state == State.STARTED ? at : null, at, seq));
        }
        Deployment newest = Collections.max(
                told, Comparator.comparingLong(Deployment::lastAt).thenComparingLong(Deployment::lastSeq));
        Collections.shuffle(told, random);
        Deployment all = told.stream().reduce(Deployment::and).orElseThrow();
        assertThat(all.state()).isEqualTo(newest.state());
        assertThat(all.lastSeq()).isEqualTo(newest.lastSeq());
        assertThat(all.startedAt())
                .isEqualTo(told.stream()
                        .map(Deployment::startedAt)
                        .filter(java.util.Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }
}
