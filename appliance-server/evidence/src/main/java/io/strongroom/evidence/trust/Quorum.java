package io.strongroom.evidence.trust;

import io.strongroom.evidence.note.VerifierKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which witnesses suffice (C2SP tlog-policy).
 *
 * @param witnesses all that are known, by names of their own
 * @param groups each refers only to witnesses and to groups before it
 * @param name of the witness or group that must have witnessed; {@link #NONE} where none must
 */
public record Quorum(List<Witness> witnesses, List<Group> groups, String name) {
    /** Nobody needs to witness. */
    public static final String NONE = "none";

    /** No witnesses, and none needed. */
    public static final Quorum EMPTY = new Quorum(List.of(), List.of(), NONE);

    /**
     * A witness.
     *
     * @param fleet whether it is one of the operator's own devices, rather than somebody else's
     * @param url empty where the file gives none
     */
    public record Witness(String name, VerifierKey key, boolean fleet, String url) {}

    /** At least {@code threshold} of the members must have witnessed. */
    public record Group(String name, int threshold, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /**
     * @throws IllegalArgumentException if a name is unknown or taken, a member stands in two groups, a threshold cannot
     *     be reached, a key is a witness twice or cannot cosign
     */
    public Quorum {
        witnesses = List.copyOf(witnesses);
        groups = List.copyOf(groups);
        Set<String> names = new HashSet<>(Set.of(NONE));
        Set<Object> keys = new HashSet<>();
        for (Witness witness : witnesses) {
            if (!names.add(witness.name())) {
                throw new IllegalArgumentException("the name " + witness.name() + " is taken");
            }
            if (!keys.add(witness.key().key())) {
                throw new IllegalArgumentException("the key of witness " + witness.name() + " is that of another");
            }
            if (!witness.key().type().timestamped()) {
                throw new IllegalArgumentException("the key of witness " + witness.name() + " makes no cosignatures");
            }
        }
        Set<String> used = new HashSet<>();
        for (Group group : groups) {
            for (String member : group.members()) {
                if (member.equals(NONE) || !names.contains(member)) {
                    throw new IllegalArgumentException("no witness or group has the name " + member + " so far");
                }
                if (!used.add(member)) {
                    throw new IllegalArgumentException(member + " is a member twice");
                }
            }
            if (group.threshold() < 1 || group.threshold() > group.members().size()) {
                throw new IllegalArgumentException("the threshold of group " + group.name() + " is from 1 to "
                        + group.members().size() + ", not " + group.threshold());
            }
            if (!names.add(group.name())) {
                throw new IllegalArgumentException("the name " + group.name() + " is taken");
            }
        }
        if (!names.contains(name)) {
            throw new IllegalArgumentException("no witness or group has the name " + name);
        }
    }

    /** Whether anybody must have witnessed. */
    public boolean demanded() {
        return !name.equals(NONE);
    }

    /** Whether these keys suffice. */
    public boolean metBy(Set<VerifierKey> cosigners) {
        Map<String, Boolean> witnessed = new HashMap<>(Map.of(NONE, true));
        for (Witness witness : witnesses) {
            witnessed.put(witness.name(), cosigners.contains(witness.key()));
        }
        for (Group group : groups) {
            long met = group.members().stream()
                    .filter(member -> witnessed.getOrDefault(member, false))
                    .count();
            witnessed.put(group.name(), met >= group.threshold());
        }
        return witnessed.getOrDefault(name, false);
    }
}
