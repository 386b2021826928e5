package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.VerifierKey;
import io.strongroom.evidence.tree.RangeProof;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is frozen when a pack is made. With the same description and the same source, a pack has the same bytes, but for
 * its signed manifest and the tag manifest.
 *
 * @param packId names the pack and its top folder: 1–64 of {@code A-Z a-z 0-9 . _ -}, first a letter or digit
 * @param createdAt milliseconds since 1970
 * @param reader who asked for the pack
 * @param selection what was asked for: canonical JSON of an object
 * @param withhold places (RFC 6901) of which whoever asked wanted nothing that is kept apart; in their order
 * @param format {@code ndjson} or {@code parquet}
 * @param checkpoint the checkpoint that the range is tied to
 * @param range the proof for all leaves of the range
 * @param logKeys the log's keys, for a reader without a trust file
 * @param policies the bundles that decided over these records
 * @param dictionary every field, its type, class and mask: canonical JSON
 * @param attachments further files, in the order in which they are written; those under {@code data/} first
 */
public record PackDescription(
        String packId,
        TenantId tenant,
        long createdAt,
        Reader reader,
        String purpose,
        byte[] selection,
        List<String> withhold,
        String format,
        SignedNote checkpoint,
        List<SignedNote> furtherCheckpoints,
        RangeProof range,
        List<VerifierKey> logKeys,
        List<PolicyFiles> policies,
        byte[] dictionary,
        Tool tool,
        List<Attachment> attachments) {
    /**
     * Who asked for a pack.
     *
     * @param role the role or roles
     * @param maskingProfile asked once all records are written; gives the masking profiles that applied, empty for none
     */
    public record Reader(String id, String role, Supplier<String> maskingProfile) {
        /** A reader whose masking profile is known before. */
        public Reader(String id, String role, String maskingProfile) {
            this(id, role, () -> maskingProfile);
        }
    }

    /** What wrote a pack. */
    public record Tool(String name, String version) {}

    public PackDescription {
        if (!packId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException(
                    "a pack id is 1-64 of A-Z a-z 0-9 . _ - and begins with a letter or digit, not " + packId);
        }
        withhold = List.copyOf(withhold);
        furtherCheckpoints = List.copyOf(furtherCheckpoints);
        logKeys = List.copyOf(logKeys);
        policies = List.copyOf(policies);
        attachments = List.copyOf(attachments);
        Checkpoint head = Checkpoint.parseText(checkpoint.text());
        if (head.size() != range.size()) {
            throw new IllegalArgumentException(
                    "the range is tied to a tree of size " + range.size() + ", the checkpoint's is " + head.size());
        }
    }

    /** The checkpoint's three lines. */
    public Checkpoint head() {
        return Checkpoint.parseText(checkpoint.text());
    }
}
