package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pack says and holds. Only as good as the rungs that held.
 *
 * @param records bodies that match their entries
 * @param entries selected places
 * @param leaves all places of the range [{@code from}, {@code to})
 * @param notSelected where nothing was selected
 * @param bodiesLeftOut selected places without their record
 * @param policies bundles that entries name
 * @param policiesNotHere those of them that the pack does not hold
 * @param unproven what is here and proves nothing, though it is signed: files, folders that end in a slash, and members of
 *     the manifest, as {@code manifest.json#/purpose}
 */
public record PackFacts(
        String packId,
        String tenant,
        String createdAt,
        String reader,
        String purpose,
        String origin,
        long checkpointSize,
        @Nullable Digest root,
        long from,
        long to,
        long records,
        long entries,
        long leaves,
        Places notSelected,
        Places bodiesLeftOut,
        Fields fields,
        Objects objects,
        Batches batches,
        List<Decided> policies,
        List<Digest> policiesNotHere,
        List<String> unproven) {
    public static final PackFacts NONE = new PackFacts(
            "",
            "",
            "",
            "",
            "",
            "",
            0,
            null,
            0,
            0,
            0,
            0,
            0,
            Places.NONE,
            Places.NONE,
            new Fields(0, 0, 0),
            new Objects(0, 0),
            new Batches(0, 0),
            List.of(),
            List.of(),
            List.of());

    /**
     * Places in the ledger, in order.
     *
     * @param ranges the first of them
     */
    public record Places(long count, List<Range> ranges, boolean more) {
        static final Places NONE = new Places(0, List.of(), false);
    }

    /** The places from {@code first} to {@code last}, both included. */
    public record Range(long first, long last) {
        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "–" + last;
        }
    }

    /**
     * What a policy bundle decided.
     *
     * @param firstPlace the first entry here that names it
     * @param entries how many here do
     */
    public record Decided(Digest bundle, long firstPlace, long entries) {}

    /** Committed fields: shown, withheld from this reader, erased. */
    public record Fields(long present, long withheld, long erased) {}

    /** Records that devices sent: in batches that are here with the devices' signatures, and in others. */
    public record Batches(long signed, long notHere) {}

    /** References to large values: to those that are here, and to others. */
    public record Objects(long present, long notHere) {}
}
