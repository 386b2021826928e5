package io.strongroom.agent.identity;

import io.strongroom.evidence.Digest;

/**
 * What an officer gives out: a one-time token, a full stop, and the fingerprint of the authority that must be at the other
 * end.
 *
 * @param text all of it, which is secret
 * @param authority SHA-256 of the authority's SubjectPublicKeyInfo
 */
public record EnrolmentCode(String text, Digest authority) {

    /**
     * @throws IdentityException if it has not this form
     */
    public static EnrolmentCode parse(String text) {
        String plain = text.strip();
        int stop = plain.indexOf('.');
        try {
            if (stop > 0) {
                return new EnrolmentCode(plain, Digest.parse("sha256:" + plain.substring(stop + 1)));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IdentityException(
                "The enrolment code is incomplete: it is a token, a full stop and 64 hex digits. Copy"
                        + " all of what POST /api/v1/devices/tokens answered as `code`.");
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "EnrolmentCode[" + authority + "]";
    }
}
