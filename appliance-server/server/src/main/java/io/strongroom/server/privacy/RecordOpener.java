package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.DisclosureException;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.server.privacy.SeenField.Closed;
import io.strongroom.server.privacy.SeenField.Closed.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts back into a stored record all that it commits to and that can be opened, so that policy can decide about the whole.
 * What comes of it is for deciding: {@link RecordSights} says what of it somebody may be shown. For any number of threads.
 */
public final class RecordOpener {
    private static final Logger LOG = LoggerFactory.getLogger(RecordOpener.class);

    /** In canonical order no other member of a record comes before it: their names are all of lower case. */
    private static final byte[] FIRST = ("{\"" + Commitments.DIGESTS_MEMBER + "\":").getBytes(US_ASCII);

    private final DisclosureOpener opener;

    RecordOpener(DisclosureOpener opener) {
        this.opener = opener;
    }

    /**
     * A record with what could be opened of it.
     *
     * @param whole canonical bytes of the stored record with it put back
     * @param disclosures what was put back
     * @param closed what could not be
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Opened(byte[] whole, List<Disclosure> disclosures, List<Closed> closed) {
        public Opened {
            disclosures = List.copyOf(disclosures);
            closed = List.copyOf(closed);
        }

        /** Whether what was stored of it is not what was sealed. */
        public boolean isDamaged() {
            return closed.stream().anyMatch(field -> field.cause() == Cause.DAMAGED);
        }
    }

    /** Whether a stored record commits to anything. */
    public static boolean commits(byte[] stored) {
        return stored.length > FIRST.length && Arrays.equals(stored, 0, FIRST.length, FIRST, 0, FIRST.length);
    }

    /**
     * Opens a record.
     *
     * @param recordDigest that of {@code stored}
     * @param stored the stored record's canonical bytes
     * @param sealed gives what is kept of the record's fields; asked only where the record commits to any
     * @throws io.strongroom.server.keys.KeyUnavailableException if a key is there but cannot be unwrapped
     */
    public Opened open(RecordId id, Digest recordDigest, byte[] stored, Supplier<List<SealedDisclosures>> sealed) {
        if (!commits(stored)) {
            return new Opened(stored, List.of(), List.of());
        }
        List<String> digests = Commitments.digests(CanonicalObject.ofCanonical(stored));
        List<Disclosure> opened = new ArrayList<>();
        byte[] whole = stored;
        Cause cause = Cause.ERASED;
        try {
            for (DisclosureOpener.Opened each : opener.open(id, recordDigest, sealed.get())) {
                opened.add(each.disclosure());
            }
            whole = Commitments.reveal(stored, opened);
        } catch (DisclosureDamagedException | DisclosureException e) {
            LOG.error("The disclosures of record {} are not what was stored: {}", id, e.getClass());
            opened.clear();
            whole = stored;
            cause = Cause.DAMAGED;
        }
        Set<String> known = new HashSet<>();
        opened.forEach(disclosure -> known.add(disclosure.digest()));
        List<Closed> closed = new ArrayList<>();
        for (String digest : digests) {
            if (!known.contains(digest)) {
                closed.add(new Closed(digest, cause));
            }
        }
        return new Opened(whole, opened, closed);
    }
}
