package io.strongroom.server.gateway;

import io.strongroom.api.ProblemType;
import io.strongroom.evidence.TenantId;
import io.strongroom.server.keys.Installation;
import io.strongroom.server.settings.Setting;
import io.strongroom.server.settings.Settings;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges which tenant a request names (design §3). */
@Singleton
public final class TenantGuard {
    /** The header that names the tenant. */
    public static final String HEADER = "X-Tenant-Id";

    /** The header by which a caller says which region it believes to write to. */
    public static final String RESIDENCY_HEADER = "X-Data-Silo";

    private final TenantId tenant;
    private final String residency;

    public TenantGuard(Installation installation, Settings settings) {
        this.tenant = installation.tenant();
        this.residency = settings.text(Setting.RESIDENCY);
    }

    /**
     * What stands against a request that is to name its tenant; empty if nothing does.
     *
     * @param header the value of {@link #HEADER}; null if there is none
     * @return {@code missing-tenant}, {@code invalid-tenant} or {@code tenant-mismatch}
     */
    Optional<ProblemType> judge(@Nullable String header) {
        if (header == null) {
            return Optional.of(ProblemType.MISSING_TENANT);
        }
        try {
            return new TenantId(header).equals(tenant) ? Optional.empty() : Optional.of(ProblemType.TENANT_MISMATCH);
        } catch (IllegalArgumentException e) {
            return Optional.of(ProblemType.INVALID_TENANT);
        }
    }

    /** Whether a request may say that it is meant for this region; one that says nothing may. */
    boolean residencyFits(@Nullable String named) {
        return named == null || named.equalsIgnoreCase(residency);
    }
}
