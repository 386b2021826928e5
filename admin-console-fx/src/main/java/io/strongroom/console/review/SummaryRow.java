package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.console.look.Sign;
import org.jspecify.annotations.Nullable;

/** A row of a review's first page. */
sealed interface SummaryRow {
    /** What the rows below it are about. */
    record Section(String title) implements SummaryRow {}

    /** What area of the rules the sentences below it are about. */
    record Area(String title) implements SummaryRow {}

    /** A sentence, with a sign where it is a verdict. */
    record Line(@Nullable Sign sign, String text) implements SummaryRow {}

    /**
     * What somebody said.
     *
     * @param proposal as it is shown, by which it is told whether the comment is about what is shown
     */
    record Said(PolicyProposal proposal, PolicyProposal.Comment comment) implements SummaryRow {}
}
