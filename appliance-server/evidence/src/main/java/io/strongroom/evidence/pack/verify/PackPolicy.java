package io.strongroom.evidence.pack.verify;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.ApprovalVerdict.Counts;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PairVerdict.Approved;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.pack.PackLayout;
import io.strongroom.evidence.trust.TrustFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy bundle that a pack brings along, and how it came into force, as far as the pack shows it. To be asked only of
 * packs that verified.
 *
 * @param commit its git commit, empty where it has none
 * @param files their lengths in bytes, by path in the bundle
 * @param activations each time that it came into force
 */
public record PackPolicy(
        Digest bundle, String commit, String version, SortedMap<String, Long> files, List<InForce> activations) {
    private static final int MANIFEST = 64 << 20;
    private static final int MOST_SHOWN = 4 << 20;

    /**
     * That it came into force.
     *
     * @param seq the place in the ledger where that is recorded
     * @param at milliseconds since 1970
     * @param approvals those that count
     * @param sufficient whether they are of two officers in two roles, neither of whom asked for it
     */
    public record InForce(PolicyChange change, long seq, long at, List<Given> approvals, boolean sufficient) {}

    /** An approval and the officer whose key signed it. */
    public record Given(Approval approval, Officer officer) {}

    /**
     * Reads those of this pack, in the order of its manifest.
     *
     * @param trust whose signatures count; null to take the keys in the pack
     * @throws IOException if the pack cannot be read, or is not as it was when it verified
     */
    public static List<PackPolicy> of(Path pack, @Nullable TrustFile trust) throws IOException {
        try (Bag bag = PackVerifier.open(pack)) {
            Signers signers = trust == null ? Signers.ofPack(bag) : Signers.of(trust);
            CanonicalObject manifest = CanonicalObject.of(SmallFiles.read(bag, PackLayout.MANIFEST, MANIFEST));
            String origin =
                    manifest.require("checkpoint").object().require("origin").string();
            List<PolicyApprovals.Shown> shown = PolicyApprovals.read(bag, signers, origin);
            List<PackPolicy> policies = new ArrayList<>();
            JsonReader listed = manifest.require("policy").reader();
            listed.beginArray();
            while (listed.hasNext()) {
                CanonicalObject policy = listed.slice().object();
                Digest bundle = Digest.parse(policy.require("bundle").string());
                policies.add(new PackPolicy(
                        bundle,
                        policy.require("commit").string(),
                        policy.require("version").string(),
                        files(bag, bundle),
                        shown.stream()
                                .filter(one ->
                                        one.activation().change().bundle().equals(bundle))
                                .map(PackPolicy::inForce)
                                .toList()));
            }
            return policies;
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException("the pack is not as it was when it was verified: " + e.getMessage(), e);
        }
    }

    private static InForce inForce(PolicyApprovals.Shown shown) {
        Activation activation = shown.activation();
        Optional<Approved> pair = shown.pair();
        List<Given> given = new ArrayList<>();
        for (Counts counts : shown.counting()) {
            given.add(new Given(counts.approval(), counts.officer()));
        }
        return new InForce(activation.change(), activation.seq(), activation.at(), given, pair.isPresent());
    }

    private static String folder(Digest bundle) {
        return PackLayout.POLICY + bundle.hex() + "/";
    }

    private static SortedMap<String, Long> files(Bag bag, Digest bundle) {
        SortedMap<String, Long> files = new TreeMap<>();
        String folder = folder(bundle);
        bag.files().forEach((path, length) -> {
            if (path.startsWith(folder)) {
                files.put(path.substring(folder.length()), length);
            }
        });
        return files;
    }

    /**
     * The text of one of its files.
     *
     * @throws IOException if the pack cannot be read, there is no such file, or it is no text of at most 4 MiB
     */
    public String text(Path pack, String file) throws IOException {
        try (Bag bag = PackVerifier.open(pack)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(SmallFiles.read(bag, folder(bundle) + file, MOST_SHOWN)))
                    .toString();
        }
    }
}
