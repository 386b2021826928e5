package io.strongroom.evidence.pack.verify;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;

/**
 * A sentence of a finding: what it says, and of whom or what. Another language says the same saying with the same
 * arguments.
 */
public record Remark(Saying saying, List<String> arguments) {
    /** What can be said, in English; {@code {0}} and so on stand for the arguments (see {@link MessageFormat}). */
    public enum Saying {
        NOT_EXAMINED("Not examined: the ladder did not hold that far."),

        NO_WITNESS_KNOWN("Without a trust file no witnesses are known."),
        OUTSIDE_WITNESSES("Outside witnesses saw this checkpoint: {0}."),
        FLEET_WITNESSES("Fleet witnesses, enrolled by this operator, saw this checkpoint: {0}."),
        NO_WITNESS("No known witness signed this checkpoint."),
        WITNESSES_DEMANDED("The trust file demands {0}."),

        LOCAL_CLOCK("Local clock only: times rest on the appliance''s own clock."),
        TIME_WITHOUT_TRUST(
                "A time-stamp token is here, which says {0}, but without a trust file no authority is known that"
                        + " could vouch for it."),
        TIME_WITHOUT_ROOT("A time-stamp token is here, which says {0}, but in the trust file no authority is known that"
                + " could vouch for it."),
        TIME_NOT_SHOWN("The time-stamp token here does not show when the checkpoint was seen: {0}."),
        TIME("The time-stamp authority {0} saw this checkpoint at {1}; the root {2} of the trust file vouches for it."),
        TIME_ABOUT(
                "The time-stamp authority {0} saw this checkpoint at {1}, give or take {3} s; the root {2} of the trust"
                        + " file vouches for it."),

        NO_POLICY("No policy that needs approval decided over anything here."),
        APPROVED("Policy {0}: approved by {1} ({2}) and {3} ({4}), in force since {5}."),
        NO_PAIR("Policy {0}: no two officers in two roles approved what came into force at place {1}."),
        NO_NAMED_PAIR(
                "Policy {0}: no two officers in two roles whom your trust file names approved what came into force"
                        + " at place {1}."),
        NO_APPROVALS("Policy {0}: no approvals are here."),
        DECIDED_BEFORE("Policy {0}: decided at place {1}, but came into force at place {2}."),
        MORE_POLICIES("And {0} more."),
        KEYS_OF_NOBODY("Without a trust file nobody vouches for the officers'' keys."),
        KEYS_OF_SIGNER("The officers'' keys are those that the pack''s signer names."),
        KEYS_OF_TRUST("The officers'' keys are those of your trust file.");

        private final String english;

        Saying(String english) {
            this.english = english;
        }
    }

    public Remark {
        arguments = List.copyOf(arguments);
    }

    static Remark of(Saying saying, Object... arguments) {
        return new Remark(
                saying, List.of(arguments).stream().map(Object::toString).toList());
    }

    /** The sentence in English. */
    @Override
    public String toString() {
        return new MessageFormat(saying.english, Locale.ROOT).format(arguments.toArray());
    }
}
