package io.strongroom.evidence.approval;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;

/** Whether an approval counts for a change at a time, or why it does not. */
public sealed interface ApprovalVerdict {
    /** It counts. Two of these make a pair: see {@link PairVerdict}. */
    record Counts(Approval approval, Officer officer) implements ApprovalVerdict {}

    /** It does not count. */
    sealed interface DoesNotCount extends ApprovalVerdict {
        /** What it should be. */
        String expected();

        /** What it is. */
        String found();
    }

    /** The officer that it names did not sign it with this key. */
    record WrongKey(PersonId officer, Digest key) implements DoesNotCount {
        @Override
        public String expected() {
            return "a signature of " + officer + " with the key " + key;
        }

        @Override
        public String found() {
            return "no such signature that verifies";
        }
    }

    record OtherOrigin(Origin wanted, Origin said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval on the installation " + wanted;
        }

        @Override
        public String found() {
            return "one on " + said;
        }
    }

    record OtherProposal(String wanted, String said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval of the proposal " + wanted;
        }

        @Override
        public String found() {
            return "one of " + said;
        }
    }

    record OtherBundle(Digest wanted, Digest said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval of the bundle " + wanted;
        }

        @Override
        public String found() {
            return "one of " + said;
        }
    }

    record OtherCommit(GitCommit wanted, GitCommit said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval of the commit " + wanted;
        }

        @Override
        public String found() {
            return "one of " + said;
        }
    }

    /** It was given while another bundle was in force. */
    record OtherBase(Digest wanted, Digest said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval to follow the bundle " + wanted;
        }

        @Override
        public String found() {
            return "one to follow " + said;
        }
    }

    record OtherRequester(PersonId wanted, PersonId said) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval of what " + wanted + " asked for";
        }

        @Override
        public String found() {
            return "one of what " + said + " asked for";
        }
    }

    record NotApproved(Decision said) implements DoesNotCount {
        @Override
        public String expected() {
            return "the decision " + Decision.APPROVE.wire();
        }

        @Override
        public String found() {
            return said.wire();
        }
    }

    /** It is dated after the time at which it must count. */
    record NotYetValid(long at, long time) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval given by " + Rfc3339.format(time);
        }

        @Override
        public String found() {
            return "one given at " + Rfc3339.format(at);
        }
    }

    record Expired(long expires, long time) implements DoesNotCount {
        @Override
        public String expected() {
            return "an approval that counts at " + Rfc3339.format(time);
        }

        @Override
        public String found() {
            return "one that expired at " + Rfc3339.format(expires);
        }
    }
}
