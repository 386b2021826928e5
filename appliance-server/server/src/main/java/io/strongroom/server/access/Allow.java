package io.strongroom.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a route: any caller with one of these scopes; with none given, any caller with a valid token. A route
 * that has neither this nor {@link AllowAnyone} needs {@link Scope#ADMIN}. What a method says goes before what its
 * controller says.
 *
 * <p>A controller's method gets the caller as a parameter of type {@link Caller}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Allow {
    Scope[] value() default {};
}
