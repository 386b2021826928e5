package io.strongroom.evidence.pack.verify;

import java.util.List;
import java.util.Optional;

/**
 * How far up a pack holds.
 *
 * @param verdicts one for each rung, from the bottom
 * @param signerTrusted whether keys came from a trust file, rather than from the pack itself
 * @param failure the first, where there is one
 */
public record Ladder(
        List<Verdict> verdicts,
        List<Finding> findings,
        boolean signerTrusted,
        Optional<Failure> failure,
        PackFacts facts) {
    public Ladder {
        verdicts = List.copyOf(verdicts);
        findings = List.copyOf(findings);
    }

    /** Whether every rung held, and every finding that the trust file demands. */
    public boolean held() {
        return verdicts.stream().allMatch(Verdict::held) && findings.stream().noneMatch(Finding::fails);
    }

    public Verdict verdict(Rung rung) {
        return verdicts.get(rung.ordinal());
    }

    /** 0 verified; 1 failed; 3 consistent with itself, its signer not trusted. */
    public int exitCode() {
        return !held() ? 1 : signerTrusted ? 0 : 3;
    }
}
