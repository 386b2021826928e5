package io.strongroom.server.devices;

import io.strongroom.evidence.Digest;
import io.strongroom.server.access.TokenText;
import java.util.Optional;

/**
 * What a device is enrolled with: a one-time token, a full stop, and the fingerprint of the authority that the device is
 * to find at the other end, in 64 hex digits. So whoever has the code needs nothing else to know whom it talks to.
 */
record EnrolmentCode(TokenText token, Digest authority) {

    /** Empty if it has not this form, or a letter of the token was mistyped. */
    static Optional<EnrolmentCode> parse(String text) {
        int stop = text.indexOf('.');
        if (stop < 0) {
            return Optional.empty();
        }
        try {
            Digest authority = Digest.parse("sha256:" + text.substring(stop + 1));
            return TokenText.parse(TokenText.Kind.ENROLMENT, text.substring(0, stop))
                    .map(token -> new EnrolmentCode(token, authority));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return token.text() + "." + authority.hex();
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return token + "." + authority.hex();
    }
}
