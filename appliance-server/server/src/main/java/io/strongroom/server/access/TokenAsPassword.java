package io.strongroom.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route of a protocol whose clients send a token as the password of HTTP's basic authentication (RFC 7617), whatever the
 * user's name. Elsewhere a token is taken as a bearer's alone.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TokenAsPassword {}
