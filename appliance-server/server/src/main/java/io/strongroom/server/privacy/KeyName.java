package io.strongroom.server.privacy;

/**
 * What a data key is found by.
 *
 * @param kind {@code subject} or {@code day}
 * @param mac 32 bytes: HMAC-SHA-256 of the kind and the subject or day, under a key of the installation's
 */
record KeyName(String kind, byte[] mac) {
    static final String SUBJECT = "subject";
    static final String DAY = "day";
}
