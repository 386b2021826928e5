package io.strongroom.evidence.pack.verify;

/**
 * What became of one rung.
 *
 * @param reason a sentence for a person
 */
public record Verdict(Rung rung, Outcome outcome, String reason) {
    public enum Outcome {
        HELD,
        FAILED,
        /** A rung below failed. */
        NOT_REACHED
    }

    public boolean held() {
        return outcome == Outcome.HELD;
    }
}
