package io.strongroom.server.access;

/** Knows whether whoever made something that is used later may still be somebody here. */
@FunctionalInterface
public interface Makers {

    /**
     * Whether this is an account that is not disabled, or a token that counts.
     *
     * @param id a {@link Caller#id}
     */
    boolean counts(String id);
}
