package io.strongroom.server.telemetry.deployment;

import io.strongroom.server.telemetry.Asked;
import io.strongroom.server.telemetry.Observation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A deployment job on one device. Times are epoch milliseconds, by the device's clock.
 *
 * @param job its id: the record's resource, of type {@code Deployment}
 * @param product the package that is deployed, mostly a purl; empty if it is not told
 * @param stream in which it was told last
 * @param pointer where in that record the package stands; empty if it does not
 * @param startedAt when it was told to have begun; null if that was not told
 * @param lastAt when what the state says happened
 * @param lastSeq the record that says so
 */
record Deployment(
        String device,
        String job,
        String product,
        String stream,
        String pointer,
        State state,
        @Nullable Long startedAt,
        long lastAt,
        long lastSeq) {
    private static final String TYPE = "Deployment";
    private static final int MOST_CHARS = 300;

    /** How it stands: what was told of the latest time. */
    enum State {
        STARTED,
        SUCCEEDED,
        FAILED,
        ROLLED_BACK;

        /** @throws io.strongroom.server.problem.ProblemException {@code invalid-parameter} if there is none of that name */
        static State of(String text) {
            return Arrays.stream(values())
                    .filter(state -> state.text().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            Asked.invalid("The parameter state is one of started, succeeded, failed and rolled-back."));
        }

        /** As it is called outside. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What an observation says of one; empty if it is about something else. */
    static Optional<Deployment> of(Observation observation) {
        State state =
                switch (observation.action()) {
                    case "Deployment.Started" -> State.STARTED;
                    case "Deployment.Succeeded" -> State.SUCCEEDED;
                    case "Deployment.Failed" -> State.FAILED;
                    case "Deployment.RolledBack" -> State.ROLLED_BACK;
                    default -> null;
                };
        Optional<Observation.Resource> job = observation
                .resource()
                .filter(resource -> resource.type().equals(TYPE))
                .filter(resource -> resource.id().length() <= MOST_CHARS);
        if (state == null || job.isEmpty() || observation.stream().startsWith("system.")) {
            return Optional.empty();
        }
        Observation.Value product = observation.attributes().get("package");
        String name = observation.text("package").orElse("");
        return Optional.of(new Deployment(
                observation.device(),
                job.get().id(),
                name.length() <= MOST_CHARS ? name : name.substring(0, MOST_CHARS),
                observation.stream(),
                product == null || name.isEmpty() ? "" : product.pointer(),
                state,
                state == State.STARTED ? observation.occurredAt() : null,
                observation.occurredAt(),
                observation.seq()));
    }

    /** What both say of the same job together, in whatever order they came. */
    Deployment and(Deployment other) {
        boolean later = other.lastAt > lastAt || other.lastAt == lastAt && other.lastSeq > lastSeq;
        Deployment newer = later ? other : this;
        Deployment older = later ? this : other;
        Deployment named = newer.product.isEmpty() ? older : newer;
        return new Deployment(
                device,
                job,
                named.product,
                named.stream,
                named.pointer,
                newer.state,
                earliest(startedAt, other.startedAt),
                newer.lastAt,
                newer.lastSeq);
    }

    private static @Nullable Long earliest(@Nullable Long a, @Nullable Long b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }

    /** How long it took, in milliseconds; null while it is not over, or if its times do not say. */
    @Nullable
    Long tookMillis() {
        Long started = startedAt;
        return started == null || state == State.STARTED || lastAt < started ? null : Long.valueOf(lastAt - started);
    }
}
