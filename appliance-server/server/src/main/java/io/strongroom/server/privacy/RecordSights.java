package io.strongroom.server.privacy;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.RecordId;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.policies.FieldView;
import io.strongroom.policies.ViewDecision;
import java.util.List;
import java.util.function.Supplier;

/** Opens records, asks what of them a reader may see, and lets that through. For any number of threads. */
public final class RecordSights {
    private final RecordOpener opener;
    private final Visibility visibility;

    RecordSights(DisclosureOpener opener, Visibility visibility) {
        this.opener = new RecordOpener(opener);
        this.visibility = visibility;
    }

    /** Whether a stored record commits to anything. */
    public static boolean commits(byte[] stored) {
        return RecordOpener.commits(stored);
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
        RecordOpener.Opened opened = opener.open(id, recordDigest, stored, sealed);
        return sight(
                visibility.of(reader, stream, opened.whole()),
                stored,
                opened.whole(),
                opened.disclosures(),
                List.copyOf(opened.closed()));
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
