package io.strongroom.evidence.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import org.junit.jupiter.api.Test;

class PairVerdictTest {
    private static final Counts ANN = new Counts(Approvals.byAnn(), Approvals.ANN);
    private static final Counts BEN = new Counts(Approvals.byBen(), Approvals.BEN);

    @Test
    void twoOfficersInTwoRolesSuffice() {
        assertThat(PairVerdict.of(ANN, BEN)).isEqualTo(new PairVerdict.Approved(ANN, BEN));
    }

    @Test
    void oneOfficerTwiceDoesNotSufficeEvenInTwoRolesOrUnderTwoNames() {
        Counts again = new Counts(Approvals.by(Approvals.ANN.id(), "Security.Admin", Approvals.CHANGE), Approvals.ANN);
        assertThat(PairVerdict.of(ANN, again)).isEqualTo(new PairVerdict.SameOfficer(Approvals.ANN.id()));
        PersonId alias = new PersonId("anna@example.com");
        Counts renamed = new Counts(
                Approvals.by(alias, "Security.Admin", Approvals.CHANGE), new Officer(alias, Approvals.ANN.key()));
        assertThat(PairVerdict.of(ANN, renamed)).isEqualTo(new PairVerdict.SameOfficer(alias));
    }

    @Test
    void oneRoleTwiceDoesNotSuffice() {
        Counts sameRole =
                new Counts(Approvals.by(Approvals.BEN.id(), "compliance.reviewer", Approvals.CHANGE), Approvals.BEN);
        assertThat(PairVerdict.of(ANN, sameRole)).isEqualTo(new PairVerdict.SameRole("compliance.reviewer"));
    }

    @Test
    void theRequesterIsNoApproverHoweverTheNameIsWritten() {
        PersonId rita = new PersonId("Rita@Example.COM");
        Counts own = new Counts(
                Approvals.by(rita, "Security.Admin", Approvals.CHANGE), new Officer(rita, Approvals.BEN.key()));
        assertThat(PairVerdict.of(ANN, own)).isEqualTo(new PairVerdict.ByRequester(rita));
        assertThat(PairVerdict.of(own, ANN)).isEqualTo(new PairVerdict.ByRequester(rita));
    }

    @Test
    void approvalsOfTwoChangesAreNoPair() {
        PolicyChange c = Approvals.CHANGE;
        PolicyChange other =
                new PolicyChange(c.origin(), "proposals/other", c.bundle(), c.commit(), c.baseBundle(), c.requester());
        Counts elsewhere = new Counts(Approvals.by(Approvals.BEN.id(), "Security.Admin", other), Approvals.BEN);
        assertThat(PairVerdict.of(ANN, elsewhere)).isEqualTo(new PairVerdict.DifferentChanges());
    }
}
