package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.DisclosureException;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.ViewDecision;
import io.strongroom.server.privacy.DisclosureOpener.Opened;
import io.strongroom.server.privacy.SeenField.Closed.Cause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens records, asks what of them a reader may see, and lets that through. For any number of threads. */
public final class RecordSights {
    private static final Logger LOG = LoggerFactory.getLogger(RecordSights.class);

    /** In canonical order no other member of a record comes before it: their names are all of lower case. */
    private static final byte[] FIRST = ("{\"" + Commitments.DIGESTS_MEMBER + "\":").getBytes(US_ASCII);

    private final DisclosureOpener opener;
    private final Visibility visibility;

    RecordSights(DisclosureOpener opener, Visibility visibility) {
        this.opener = opener;
        this.visibility = visibility;
    }

    /** Whether a stored record commits to anything. */
    public static boolean commits(byte[] stored) {
        return stored.length > FIRST.length && Arrays.equals(stored, 0, FIRST.length, FIRST, 0, FIRST.length);
    }

    /** Whether the reader sees every field of every record as it is. */
    public boolean showsEverything(Reader reader) {
        return visibility.showsEverything(reader);
    }

    /**
     * What the reader sees of a record.
     *
     * @param recordDigest that of {@code stored}
     * @param stored the stored record's canonical bytes
     * @param sealed gives what is kept of the record's fields; asked only where the record commits to any
     * @throws io.strongroom.server.keys.KeyUnavailableException if a key is there but cannot be unwrapped
     */
    public RecordSight of(
            Reader reader,
            RecordId id,
            Digest recordDigest,
            String stream,
            byte[] stored,
            Supplier<List<SealedDisclosures>> sealed) {
        if (!commits(stored)) {
            if (visibility.showsEverything(reader, stream)) {
                return RecordSight.whole("");
            }
            ViewDecision decision = visibility.of(reader, stream, stored);
            return sight(decision, stored, stored, List.of(), List.of());
        }
        List<String> digests = Commitments.digests(CanonicalObject.ofCanonical(stored));
        List<Disclosure> opened = new ArrayList<>();
        byte[] whole = stored;
        Cause cause = Cause.ERASED;
        try {
            for (Opened each : opener.open(id, recordDigest, sealed.get())) {
                if (digests.contains(each.disclosure().digest())) {
                    opened.add(each.disclosure());
                }
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
        List<SeenField> closed = new ArrayList<>();
        for (String digest : digests) {
            if (!known.contains(digest)) {
                closed.add(new SeenField.Closed(digest, cause));
            }
        }
        return sight(visibility.of(reader, stream, whole), stored, whole, opened, closed);
    }

    private static RecordSight sight(
            ViewDecision decision, byte[] stored, byte[] whole, List<Disclosure> opened, List<SeenField> closed) {
        if (!decision.isAllowed()) {
            return RecordSight.nothing(decision.access().reason());
        }
        boolean open = true;
        for (FieldView view : decision.fields()) {
            open &= view instanceof FieldView.Present;
        }
        if (open && opened.isEmpty() && closed.isEmpty()) {
            return RecordSight.whole(decision.profile());
        }
        return new SightMaker(decision, whole, opened).sight(closed);
    }
}
