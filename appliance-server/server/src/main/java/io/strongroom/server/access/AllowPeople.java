package io.strongroom.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * That signed-in people may call a route, if the policy in force allows one of their roles the operation. It may stand
 * beside {@link Allow}, which speaks of tokens alone; on a route with this one and without {@link Allow} no token gets in,
 * and on a route without this one no person.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface AllowPeople {
    /** A name of {@link io.strongroom.policies.Operations}; empty for what everybody may do about themselves. */
    String value() default "";

    /** Whether the session needs a second-factor code that is at most five minutes old. */
    boolean stepUp() default false;
}
