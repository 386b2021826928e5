package io.strongroom.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a route's requests name their tenant, if not in the header {@code X-Tenant-Id} (design §3). */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TenantNamed {
    enum Where {
        /** In the header: the gateway judges. What holds without this annotation. */
        HEADER,
        /** In the header or the body: the controller judges, since it alone reads the body. */
        BODY,
        /** Nowhere: what is served is the same for every caller, or the route is of a protocol that knows no tenant. */
        NOWHERE
    }

    Where value();
}
