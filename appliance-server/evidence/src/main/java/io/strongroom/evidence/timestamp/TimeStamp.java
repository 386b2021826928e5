package io.strongroom.evidence.timestamp;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * That an authority saw some bytes at a time.
 *
 * @param time the authority's clock
 * @param accuracy how far off it may be, to either side; zero where the token does not say
 * @param authority name of the certificate that signed, RFC 2253
 * @param root the trusted root that vouches for it
 * @param policy the authority's policy, an object identifier
 * @param serial the token's number at the authority
 */
public record TimeStamp(
        Instant time, Duration accuracy, String authority, TimeRoot root, String policy, BigInteger serial) {}
