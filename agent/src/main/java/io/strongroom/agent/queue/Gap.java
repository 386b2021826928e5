package io.strongroom.agent.queue;

import io.strongroom.api.GapCause;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are lost, and why: what an {@code agent.gap} line says.
 *
 * @param first sequence of the first of them
 * @param last of the last; below {@code first} if how many is not known
 * @param epoch in which these sequences counted, if it is not the line's own
 */
public record Gap(
        long first, long last, GapCause cause, @Nullable String epoch) {
    Gap in(String which) {
        return new Gap(first, last, cause, which);
    }
}
