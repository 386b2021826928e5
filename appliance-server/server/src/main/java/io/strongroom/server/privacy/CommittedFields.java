package io.strongroom.server.privacy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.server.access.Caller;
import io.strongroom.server.privacy.CommittedField.Closed.Cause;
import io.strongroom.server.privacy.DisclosureOpener.Opened;
import io.strongroom.server.privacy.Visibility.Sight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a record commits to, and lets through what its reader may see. For any number of threads. */
public final class CommittedFields {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedFields.class);

    /** In canonical order no other member of a record comes before it: their names are all of lower case. */
    private static final byte[] FIRST = ("{\"" + Commitments.DIGESTS_MEMBER + "\":").getBytes(US_ASCII);

    private final DisclosureOpener opener;
    private final Visibility visibility;

    CommittedFields(DisclosureOpener opener, Visibility visibility) {
        this.opener = opener;
        this.visibility = visibility;
    }

    /** Whether a stored record commits to anything. */
    public static boolean any(byte[] stored) {
        return stored.length > FIRST.length && Arrays.equals(stored, 0, FIRST.length, FIRST, 0, FIRST.length);
    }

    /**
     * A field for each digest of the record's {@code _sd}, in its order.
     *
     * @param recordDigest that of {@code stored}
     * @param stored the stored record's canonical bytes
     * @param sealed what is kept of the record's fields
     * @throws io.strongroom.server.keys.KeyUnavailableException if a key is there but cannot be unwrapped
     */
    public List<CommittedField> of(
            Caller reader, RecordId id, Digest recordDigest, byte[] stored, List<SealedDisclosures> sealed) {
        Map<String, Opened> opened = new HashMap<>();
        Cause closed = Cause.ERASED;
        try {
            for (Opened each : opener.open(id, recordDigest, sealed)) {
                opened.put(each.disclosure().digest(), each);
            }
        } catch (DisclosureDamagedException e) {
            LOG.error("{}", e.getMessage());
            closed = Cause.DAMAGED;
        }
        List<CommittedField> fields = new ArrayList<>();
        for (String digest : Commitments.digests(CanonicalObject.ofCanonical(stored))) {
            Opened field = opened.get(digest);
            fields.add(field == null ? new CommittedField.Closed(digest, closed) : seen(reader, digest, field));
        }
        return fields;
    }

    private CommittedField seen(Caller reader, String digest, Opened field) {
        return switch (visibility.of(reader, field.disclosure(), field.classification())) {
            case Sight.Clear clear -> new CommittedField.Shown(digest, field.disclosure(), field.classification());
            case Sight.Hidden hidden ->
                new CommittedField.Hidden(
                        digest, field.disclosure().pointer(), field.classification(), hidden.reason());
        };
    }
}
