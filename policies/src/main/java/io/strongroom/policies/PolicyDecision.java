package io.strongroom.policies;

import java.util.List;
import java.util.Optional;

/**
 * What the policy in force says about one record, before it is stored. It depends on the record, its stream and the
 * bundle, and on nothing else.
 *
 * @param bundle the bundle that decided
 * @param classification the highest class of any field that is kept (high-water mark)
 * @param retention the retention class, which stands in the entry for ever
 * @param commitments the fields to commit: kept apart as encrypted disclosures; none inside another
 * @param dropped JSON pointers of the members that are not kept at all
 * @param hashed the fields whose values a hash takes the place of, which nobody can erase
 * @param findable JSON pointers of those committed fields that are to be found by a keyed hash of their value
 * @param subject JSON pointer of the field that names the data subject, whose key encrypts the disclosures
 * @param refusal why the record must not be taken in; empty if it may be
 * @param reasons what could not be decided, and took the most restrictive outcome for that
 * @param rule the rule that refuses the record, or that its attributes do not fit; empty where none does
 */
public record PolicyDecision(
        PolicyBundle bundle,
        Classification classification,
        String retention,
        List<Commitment> commitments,
        List<String> dropped,
        List<Hashed> hashed,
        List<String> findable,
        Optional<String> subject,
        Optional<String> refusal,
        List<String> reasons,
        String rule) {

    /** A field that is committed, and the class whose readers may see it. */
    public record Commitment(String pointer, Classification classification) {}

    /** A field that is kept as its {@link TenantHash} alone, and why the bundle says that it need not be erasable. */
    public record Hashed(String pointer, String reason) {}

    public PolicyDecision {
        commitments = List.copyOf(commitments);
        dropped = List.copyOf(dropped);
        hashed = List.copyOf(hashed);
        findable = List.copyOf(findable);
        reasons = List.copyOf(reasons);
    }

    /** A decision that hashes nothing, finds nothing and refuses nothing. */
    public PolicyDecision(
            PolicyBundle bundle,
            Classification classification,
            String retention,
            List<Commitment> commitments,
            List<String> dropped,
            Optional<String> subject) {
        this(
                bundle,
                classification,
                retention,
                commitments,
                dropped,
                List.of(),
                List.of(),
                subject,
                Optional.empty(),
                List.of(),
                "");
    }
}
