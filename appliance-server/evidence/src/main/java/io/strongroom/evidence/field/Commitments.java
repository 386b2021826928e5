package io.strongroom.evidence.field;

import io.strongroom.evidence.field.Commitment.Verdict;
import io.strongroom.evidence.field.DisclosureException.Reason;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes members out of documents under commitments, and checks what is given back (formats §4). */
public final class Commitments {
    /** The record's member that holds the digests. */
    public static final String DIGESTS_MEMBER = "_sd";

    private Commitments() {}

    /**
     * Takes members out of a document. A pointer to a member that the document does not have is passed over: the
     * policy names more fields than a record has.
     *
     * @param canonical canonical bytes of an object
     * @param hidden the members; none inside another, none in an array
     * @param random for the salts; must be cryptographically strong
     * @throws IllegalArgumentException if a pointer is empty, lies inside another or leads through an array
     */
    public static Withheld withhold(byte[] canonical, Collection<JsonPointer> hidden, RandomGenerator random) {
        if (hidden.isEmpty()) {
            return new Withheld(canonical, List.of(), List.of());
        }
        return withhold(CanonicalObject.ofCanonical(canonical), hidden, random);
    }

    /** Takes members out of a document that is indexed already, as {@link #withhold(byte[], Collection, RandomGenerator)}. */
    public static Withheld withhold(CanonicalObject document, Collection<JsonPointer> hidden, RandomGenerator random) {
        Hidden tree = new Hidden();
        for (JsonPointer pointer : hidden) {
            tree.add(pointer);
        }
        CanonicalWriter rest = new CanonicalWriter();
        List<Disclosure> disclosures = new ArrayList<>(hidden.size());
        new Taking(random, rest, disclosures).object(document, tree);
        List<String> digests =
                disclosures.stream().map(Disclosure::digest).sorted().toList();
        return new Withheld(rest.toBytes(), disclosures, digests);
    }

    /** The hidden members as a tree of names: a node with a pointer is taken out, others are walked through. */
    private static final class Hidden {
        private final Map<String, Hidden> members = new HashMap<>();
        private @Nullable JsonPointer taken;

        void add(JsonPointer pointer) {
            if (pointer.tokens().isEmpty()) {
                throw new IllegalArgumentException("the whole document cannot be withheld");
            }
            Hidden node = this;
            for (String token : pointer.tokens()) {
                if (node.taken != null) {
                    throw new IllegalArgumentException(pointer + " lies inside another withheld member");
                }
                node = node.members.computeIfAbsent(token, t -> new Hidden());
            }
            if (!node.members.isEmpty()) {
                throw new IllegalArgumentException("another withheld member lies inside " + pointer);
            }
            node.taken = pointer;
        }
    }

    private record Taking(RandomGenerator random, CanonicalWriter rest, List<Disclosure> disclosures) {
        void object(CanonicalObject object, Hidden hidden) {
            rest.beginObject();
            for (int i = 0; i < object.size(); i++) {
                String name = object.name(i);
                Hidden node = hidden.members.get(name);
                if (node == null) {
                    object.copyMember(i, rest);
                    continue;
                }
                JsonSlice value = object.value(i);
                if (node.taken != null) {
                    byte[] salt = new byte[Disclosure.SALT_BYTES];
                    random.nextBytes(salt);
                    disclosures.add(Disclosure.of(salt, node.taken, value));
                } else {
                    rest.name(name);
                    inner(name, value, node);
                }
            }
            rest.endObject();
        }

        private void inner(String name, JsonSlice value, Hidden node) {
            switch (value.kind()) {
                case BEGIN_OBJECT -> object(value.object(), node);
                case BEGIN_ARRAY ->
                    throw new IllegalArgumentException(
                            name + " is an array, and only members of objects can be withheld");
                default -> rest.rawValue(value);
            }
        }
    }

    /**
     * The digests in a record's {@code _sd}; none if it has no such member.
     *
     * @throws DisclosureException if they are not a sorted array of distinct digests
     */
    public static List<String> digests(CanonicalObject record) {
        JsonSlice member = record.get(DIGESTS_MEMBER);
        if (member == null) {
            return List.of();
        }
        if (member.kind() != JsonToken.BEGIN_ARRAY) {
            throw new DisclosureException(Reason.BAD_DIGESTS, "_sd is no array");
        }
        List<String> digests = new ArrayList<>();
        JsonReader reader = member.reader();
        reader.beginArray();
        while (reader.hasNext()) {
            if (reader.peek() != JsonToken.STRING) {
                throw new DisclosureException(Reason.BAD_DIGESTS, "_sd holds something that is no digest");
            }
            String digest = reader.string();
            if (!digest.matches("[A-Za-z0-9_-]{43}")) {
                throw new DisclosureException(Reason.BAD_DIGESTS, "_sd holds something that is no digest");
            }
            if (!digests.isEmpty() && digests.getLast().compareTo(digest) >= 0) {
                throw new DisclosureException(Reason.BAD_DIGESTS, "_sd is not sorted, or holds a digest twice");
            }
            digests.add(digest);
        }
        reader.endArray();
        return List.copyOf(digests);
    }

    /**
     * Checks disclosures against a stored record.
     *
     * @param record canonical bytes of the stored record, already matched with its entry
     * @param disclosures those that came with it
     * @param erased digests that erasure records in the ledger name
     * @return a verdict for each digest of the record's {@code _sd}, in its order
     * @throws DisclosureException if one disclosure does not belong to the record
     */
    public static List<Commitment> check(byte[] record, Collection<Disclosure> disclosures, Set<String> erased) {
        CanonicalObject object = CanonicalObject.ofCanonical(record);
        List<String> digests = digests(object);
        Map<String, Disclosure> byDigest = new HashMap<>();
        Set<String> known = new HashSet<>(digests);
        for (Disclosure disclosure : disclosures) {
            String digest = disclosure.digest();
            if (!known.contains(digest)) {
                throw new DisclosureException(
                        Reason.NO_DIGEST,
                        "the record commits to nothing like the disclosure of " + disclosure.pointer());
            }
            byDigest.put(digest, disclosure);
        }
        requireApart(disclosures);
        for (Disclosure disclosure : disclosures) {
            requirePlace(object, disclosure.pointer());
        }
        List<Commitment> commitments = new ArrayList<>();
        for (String digest : digests) {
            Disclosure disclosure = byDigest.get(digest);
            Verdict verdict =
                    disclosure != null ? Verdict.PRESENT : erased.contains(digest) ? Verdict.ERASED : Verdict.WITHHELD;
            commitments.add(new Commitment(digest, verdict, disclosure));
        }
        return commitments;
    }

    /**
     * Puts disclosed members back into a record, for reading; what the record's digest covers is the record as stored.
     *
     * @param record canonical bytes of the stored record
     * @param disclosures those that the reader may see, which {@link #check} has accepted
     * @return canonical bytes of the record with those members, {@code _sd} still in it
     * @throws DisclosureException if a disclosure has no place in the record
     */
    public static byte[] reveal(byte[] record, Collection<Disclosure> disclosures) {
        if (disclosures.isEmpty()) {
            return record;
        }
        requireApart(disclosures);
        CanonicalObject object = CanonicalObject.ofCanonical(record);
        for (Disclosure disclosure : disclosures) {
            requirePlace(object, disclosure.pointer());
        }
        return new Revealing(disclosures).reveal(object);
    }

    private static void requireApart(Collection<Disclosure> disclosures) {
        // With a slash behind each, a pointer's descendants stand right behind it in this order.
        SortedMap<String, JsonPointer> sorted = new TreeMap<>();
        for (Disclosure disclosure : disclosures) {
            if (sorted.put(disclosure.pointer() + "/", disclosure.pointer()) != null) {
                throw new DisclosureException(
                        Reason.OVERLAPPING, "two disclosures have the pointer " + disclosure.pointer());
            }
        }
        JsonPointer last = null;
        for (JsonPointer pointer : sorted.values()) {
            if (last != null && pointer.isWithin(last)) {
                throw new DisclosureException(
                        Reason.OVERLAPPING, "the disclosure of " + pointer + " lies inside that of " + last);
            }
            last = pointer;
        }
    }

    private static void requirePlace(CanonicalObject record, JsonPointer pointer) {
        List<String> tokens = pointer.tokens();
        CanonicalObject object = record;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            JsonSlice value = object.get(token);
            if (value == null || value.kind() != JsonToken.BEGIN_OBJECT) {
                throw new DisclosureException(
                        Reason.NO_PLACE_IN_RECORD, "the record has no object that could hold " + pointer);
            }
            object = value.object();
        }
        if (object.has(tokens.getLast())) {
            throw new DisclosureException(Reason.ALREADY_IN_RECORD, "the record has a value at " + pointer);
        }
    }
}
