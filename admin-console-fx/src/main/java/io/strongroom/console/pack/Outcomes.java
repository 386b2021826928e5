package io.strongroom.console.pack;

import io.strongroom.console.look.Sign;
import io.strongroom.evidence.pack.verify.Failure;
import io.strongroom.evidence.pack.verify.Finding;
import io.strongroom.evidence.pack.verify.Ladder;
import io.strongroom.evidence.pack.verify.Rung;
import io.strongroom.evidence.pack.verify.Verdict;

/** By which sign and in which words an outcome is told, on a screen and in a report. */
final class Outcomes {
    private Outcomes() {}

    static Sign sign(Ladder ladder) {
        return switch (ladder.exitCode()) {
            case 0 -> Sign.HOLDS;
            case 3 -> Sign.DOUBTFUL;
            default -> Sign.FAILS;
        };
    }

    /** The key of what all of it comes to; with {@code .why} behind it, of what that means. */
    static String verdict(Ladder ladder) {
        return "verdict." + ladder.exitCode() + fork(ladder);
    }

    private static String fork(Ladder ladder) {
        return ladder.failure().filter(Failure::fork).isPresent() ? ".fork" : "";
    }

    static Sign sign(Verdict verdict, Ladder ladder) {
        return switch (verdict.outcome()) {
            case HELD -> verdict.rung() == Rung.SIGNED && !ladder.signerTrusted() ? Sign.DOUBTFUL : Sign.HOLDS;
            case FAILED -> Sign.FAILS;
            case NOT_REACHED -> Sign.NEUTRAL;
        };
    }

    static Sign sign(Finding finding) {
        return finding.held() ? Sign.HOLDS : finding.fails() ? Sign.FAILS : Sign.NEUTRAL;
    }

    /** The key of the word that says how a finding came out. */
    static String word(Finding finding) {
        return finding.held() ? "finding.held" : finding.fails() ? "finding.demanded" : "finding.not";
    }

    /** The key of the sentence that says why. */
    static String sentence(Verdict verdict, Ladder ladder) {
        return switch (verdict.outcome()) {
            case NOT_REACHED -> "rung.NOT_REACHED";
            case FAILED -> "rung." + verdict.rung() + ".FAILED" + fork(ladder);
            case HELD ->
                "rung." + verdict.rung() + ".HELD"
                        + (verdict.rung() == Rung.SIGNED && !ladder.signerTrusted() ? ".untrusted" : "");
        };
    }
}
