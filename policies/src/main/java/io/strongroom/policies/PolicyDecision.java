package io.strongroom.policies;

import java.util.List;
import java.util.Optional;

/**
 * What the policy in force says about one record, before it is stored.
 *
 * @param bundle the bundle that decided
 * @param classification the highest class of any field (high-water mark)
 * @param retention the retention class, which stands in the entry for ever
 * @param commitments the fields to commit: kept apart as encrypted disclosures
 * @param dropped JSON pointers of the fields that are not kept at all
 * @param subject JSON pointer of the field that names the data subject, whose key encrypts the disclosures
 */
public record PolicyDecision(
        PolicyBundle bundle,
        Classification classification,
        String retention,
        List<Commitment> commitments,
        List<String> dropped,
        Optional<String> subject) {

    /** A field that is committed, and the class whose readers may see it. */
    public record Commitment(String pointer, Classification classification) {}

    public PolicyDecision {
        commitments = List.copyOf(commitments);
        dropped = List.copyOf(dropped);
    }
}
