package io.strongroom.api.telemetry;

import org.jspecify.annotations.Nullable;

/**
 * Which deployment jobs; a member that is null lets all through.
 *
 * @param device its id
 * @param product the package
 * @param state {@code started}, {@code succeeded}, {@code failed} or {@code rolled-back}
 */
public record DeploymentFilter(
        @Nullable String device,
        @Nullable String job,
        @Nullable String product,
        @Nullable String state) {
    public static final DeploymentFilter ALL = new DeploymentFilter(null, null, null, null);
}
