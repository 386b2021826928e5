package io.strongroom.server.access;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where devices call. Known once the ports are open, and the same from then on. */
@Singleton
public final class DevicesAddress {
    private volatile @Nullable URI address;

    public void tell(URI opened) {
        address = opened;
    }

    /** Empty while the appliance starts. */
    Optional<URI> address() {
        return Optional.ofNullable(address);
    }
}
