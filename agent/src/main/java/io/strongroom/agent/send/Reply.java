package io.strongroom.agent.send;

import io.strongroom.api.BatchAck;
import io.strongroom.api.Problem;
import java.time.Duration;
import java.util.Optional;

/** What came back for a batch. */
public sealed interface Reply {

    /** It is durable. */
    record Acknowledged(BatchAck ack) implements Reply {}

    /** The appliance said no, or not now. */
    record Refused(int status, Optional<Problem> problem, Optional<Duration> retryAfter) implements Reply {
        public String code() {
            return problem.map(Problem::code).orElse("http-" + status);
        }

        public String told() {
            return problem.map(said -> said.title() + ": " + said.detail())
                    .orElse("The appliance, or something before it, answered " + status + ".");
        }
    }

    /** Nothing came that can be believed. */
    record Unanswered(String why) implements Reply {}
}
