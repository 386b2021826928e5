package io.strongroom.server.record;

import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyBundle;
import io.strongroom.policies.PolicyDecision;
import java.nio.charset.StandardCharsets;

/**
 * The member {@code policy} of a stored record, ready to be put in.
 *
 * @param bundle the bundle that decided
 * @param classification the record's class
 * @param retention the retention class
 * @param member {@code "policy":{…},} in canonical form; its {@code bundle} is the bundle's digest
 */
record PolicyStamp(PolicyBundle bundle, Classification classification, String retention, byte[] member) {

    static PolicyStamp of(PolicyDecision decision) {
        PolicyBundle bundle = decision.bundle();
        StringBuilder json = new StringBuilder("\"policy\":{\"bundle\":\"").append(bundle.digest());
        json.append("\",\"classification\":\"").append(decision.classification());
        json.append("\",\"commit\":\"").append(plain("commit", bundle.commit()));
        json.append("\",\"retention\":\"").append(plain("retention class", decision.retention()));
        json.append("\",\"version\":\"").append(plain("version", bundle.version()));
        json.append("\"},");
        return new PolicyStamp(
                bundle,
                decision.classification(),
                decision.retention(),
                json.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Names that a policy gives stand in every record as they are: none may need an escape. */
    private static String plain(String what, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                throw new IllegalArgumentException("a policy's " + what + " must be plain ASCII: " + value);
            }
        }
        return value;
    }

    boolean fits(PolicyDecision decision) {
        return classification == decision.classification()
                && retention.equals(decision.retention())
                && bundle.equals(decision.bundle());
    }
}
