package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.pack.verify.PackFacts;
import io.strongroom.evidence.pack.verify.PackPolicy;
import io.strongroom.evidence.pack.verify.PackWithheld;
import java.util.ArrayList;
import java.util.List;

/** What a pack tells of the policies that decided, for a screen and for a report. */
final class PolicyFacts {
    private PolicyFacts() {}

    static String name(Digest bundle, Texts texts) {
        return texts.get("pack.policy.name", bundle.hex().substring(0, 16) + "…");
    }

    static Fact decided(Digest bundle, PackFacts facts, Texts texts) {
        String said = facts.policies().stream()
                .filter(policy -> policy.bundle().equals(bundle))
                .findFirst()
                .map(policy -> texts.get("pack.policy.decided.value", policy.entries(), policy.firstPlace()))
                .orElse(texts.get("pack.policy.decided.nothing"));
        return Fact.of(texts.get("pack.policy.decided"), said);
    }

    /** What is told of a bundle itself. */
    static List<Fact> of(PackPolicy policy, PackFacts facts, Texts texts) {
        List<Fact> told = new ArrayList<>();
        told.add(decided(policy.bundle(), facts, texts));
        told.add(Fact.of(texts.get("pack.policy.version"), policy.version()));
        told.add(Fact.exact(texts.get("pack.policy.bundle"), policy.bundle().toString()));
        if (!policy.commit().isEmpty()) {
            told.add(Fact.exact(texts.get("pack.policy.commit"), policy.commit()));
        }
        return told;
    }

    /** Who asked for a bundle, and who approved it. */
    static List<Fact> of(PackPolicy.InForce inForce, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(
                texts.get("pack.policy.asked"),
                texts.get(
                        "pack.policy.asked.value",
                        inForce.change().requester().toString(),
                        inForce.change().proposal())));
        for (PackPolicy.Given given : inForce.approvals()) {
            facts.add(Fact.of(
                    texts.get("pack.policy.approval"),
                    texts.get(
                            "pack.policy.approval.value",
                            given.approval().officer().toString(),
                            given.approval().role(),
                            Rfc3339.format(given.approval().at()))));
            facts.add(Fact.exact(
                    texts.get("pack.policy.approval.key"),
                    given.officer().key().id().toString()));
        }
        return facts;
    }

    /** What there is to say of what was withheld. */
    static String note(PackWithheld withheld, PackFacts facts, Texts texts) {
        if (!withheld.fields().isEmpty() || !withheld.records().isEmpty()) {
            return texts.get("pack.withheld.note") + (withheld.more() ? " " + texts.get("pack.withheld.more") : "");
        }
        long fields = facts.fields().withheld();
        return fields == 0 ? texts.get("pack.withheld.nothing") : texts.get("pack.withheld.unsaid", fields);
    }
}
