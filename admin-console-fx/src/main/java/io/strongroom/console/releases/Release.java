package io.strongroom.console.releases;

import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyProposal;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.rules.RulesException;
import io.strongroom.policies.BundleFiles;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleLoader;
import io.strongroom.policies.bundle.OwnBundles;
import io.strongroom.policies.diff.Change;
import io.strongroom.policies.diff.SemanticDiff;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All about one bundle that came into force.
 *
 * @param title of its proposal
 * @param name of the bundle and its version; empty where its files cannot be read here
 * @param filesHold whether the files of its commit have the digest that was activated
 * @param changes what it decided otherwise than the one before; null where one of both cannot be read here
 */
record Release(
        PolicyActivation activation,
        String title,
        String name,
        boolean filesHold,
        List<Signature> signatures,
        @Nullable List<Change> changes) {
    Release {
        signatures = List.copyOf(signatures);
    }

    /** Whether what was signed is what came into force, as far as that can be verified here. */
    boolean holds() {
        return filesHold
                && signatures.size() >= 2
                && signatures.stream().allMatch(Signature::holds)
                && signatures.stream().map(Signature::officer).distinct().count() >= 2
                && signatures.stream().map(Signature::role).distinct().count() >= 2
                && signatures.stream().noneMatch(each -> each.officer().equals(activation.requester()));
    }

    /** @param before the activation before; null for the first */
    static Release read(
            Connection connection,
            RulesClone clone,
            PolicyActivation activation,
            @Nullable PolicyActivation before,
            String origin) {
        PolicyProposal proposal = connection.call(
                client -> client.policies().proposal(activation.proposal().replaceFirst("^proposals/", "")));
        clone.fetch(connection.passage());
        List<Signature> signatures = Signature.of(activation, proposal.approvals(), origin);
        try {
            Map<String, byte[]> files = clone.files().of(activation.commit());
            boolean hold = BundleFiles.of(files).digest().toString().equals(activation.bundle());
            Bundle bundle = BundleLoader.load(files);
            Bundle base = BundleLoader.load(
                    before == null
                            ? OwnBundles.files("built-in")
                            : clone.files().of(before.commit()));
            boolean comparable = base.files().digest().toString().equals(activation.baseBundle());
            return new Release(
                    activation,
                    proposal.title(),
                    bundle.name() + " " + bundle.version(),
                    hold,
                    signatures,
                    comparable ? SemanticDiff.of(base, bundle).changes() : null);
        } catch (RulesException | InvalidBundleException e) {
            return new Release(activation, proposal.title(), "", false, signatures, null);
        }
    }
}
