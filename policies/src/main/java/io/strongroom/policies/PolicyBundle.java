package io.strongroom.policies;

import io.strongroom.evidence.Digest;

/**
 * Which rules were in force.
 *
 * @param name the bundle's name
 * @param commit the git commit, 40 hex digits; empty for the built-in bundle
 * @param version the bundle's own version
 * @param digest the bundle digest (formats §8), which stands beside the commit everywhere
 */
public record PolicyBundle(String name, String commit, String version, Digest digest) {}
