package io.strongroom.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route of the devices' port, for devices that show a certificate that counts; no other route is served there (design
 * §4). Without {@link Allow}, {@link AllowPeople} or {@link AllowAnyone} beside it the route is served nowhere else.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AllowDevices {
    /** Whether also those may call it who have no certificate yet: what one is enrolled with. */
    boolean unenrolled() default false;
}
