package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.TenantId;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.Officer;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.json.CanonicalJson;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.evidence.note.NoteSigner;
import io.strongroom.evidence.note.SignedNote;
import io.strongroom.evidence.note.TlogProof;
import io.strongroom.evidence.tree.InclusionProof;
import io.strongroom.evidence.tree.RangeProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pack with all that a pack can say of policy: two bundles, of which two officers approved the second, fields hidden
 * and masked, records left out, a checkpoint that two witnesses saw. {@link #main} made the golden one.
 */
final class ApprovedPackFixture {
    private static final int ACTIVATION = 3;
    private static final int SIZE = 24;
    private static final int FROM = 1;
    private static final int TO = 20;
    private static final int LEFT_OUT = 11;
    private static final GitCommit COMMIT = new GitCommit("4f2d9c1be07a5d3386b1c0f4e9a7d2238c51be60");
    private static final SigningKey ANN_KEY = PackFixture.key(SigningAlgorithm.ED25519, 21);
    private static final SigningKey BEN_KEY = PackFixture.key(SigningAlgorithm.ED25519, 22);
    private static final NoteSigner FLEET = witness("dev-3kq7x2mfa5yz4wnb", 31);
    private static final NoteSigner OUTSIDE = witness("witness.auditor.example", 32);

    private final PolicyFiles builtIn;
    private final PolicyFiles chosen;
    private final PackFixture log = PackFixture.log(0);
    private final PolicyChange change;

    private ApprovedPackFixture(Path bundles) throws IOException {
        this.builtIn = bundle(bundles.resolve("built-in"), "", "1");
        this.chosen = bundle(bundles.resolve("default"), COMMIT.hex(), "2");
        this.change = new PolicyChange(
                new Origin(PackFixture.ORIGIN),
                "proposals/people-are-pseudonyms",
                chosen.digest(),
                COMMIT,
                builtIn.digest(),
                new PersonId("rita@example.com"));
        log.decidedBy(builtIn.digest());
        log.grow(ACTIVATION, 0);
        log.system(
                "system.policy",
                "policy.activated",
                "{\"baseBundle\":\"%s\",\"bundle\":\"%s\",\"commit\":\"%s\",\"proposal\":\"%s\",\"requester\":\"%s\"}"
                        .formatted(
                                change.baseBundle(),
                                change.bundle(),
                                change.commit(),
                                change.proposal(),
                                change.requester()));
        log.decidedBy(chosen.digest());
        log.grow(SIZE - ACTIVATION - 1, 0);
    }

    private static NoteSigner witness(String name, int fill) {
        return NoteSigner.ed25519Cosigner(name, PackFixture.key(SigningAlgorithm.ED25519, fill), PackFixture.CLOCK);
    }

    private static PolicyFiles bundle(Path folder, String commit, String version) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        StringBuilder json = new StringBuilder("{");
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.sorted().toList()) {
                byte[] bytes = Files.readAllBytes(file);
                files.put(file.getFileName().toString(), bytes);
                json.append(json.length() > 1 ? "," : "")
                        .append("\"%s\":\"%s\"".formatted(file.getFileName(), Digest.of(bytes)));
            }
        }
        byte[] canonical = CanonicalJson.of(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
        return new PolicyFiles(Digest.of(canonical), commit, version, files);
    }

    private PolicyActivation.Given given(String officer, String role, SigningKey key) {
        long at = PackFixture.START - 60_000;
        PersonId id = new PersonId(officer);
        Approval approval = new Approval(
                change, Decision.APPROVE, id, role, at, at + 86_400_000, Approval.nonce(new Random(role.length())));
        return new PolicyActivation.Given(SignedApproval.sign(approval, key), new Officer(id, key.verifyingKey()));
    }

    private byte[] pack() {
        SignedNote checkpoint = log.checkpoint(SIZE, PackFixture.LOG_SIGNER, PackFixture.LOG_PQ_SIGNER);
        checkpoint = checkpoint.with(FLEET.sign(checkpoint.text())).with(OUTSIDE.sign(checkpoint.text()));
        TlogProof proof = TlogProof.of(
                log.entry(ACTIVATION),
                InclusionProof.of(log.hashes(), ACTIVATION, SIZE),
                log.checkpoint(SIZE, PackFixture.LOG_SIGNER));
        PolicyActivation activation = new PolicyActivation(
                chosen.digest(),
                log.record(ACTIVATION),
                proof,
                List.of(
                        given("ann@example.com", "Compliance.Reviewer", ANN_KEY),
                        given("ben@example.com", "Security.Admin", BEN_KEY)));
        PackDescription description = new PackDescription(
                "pack-02",
                new TenantId("acme"),
                PackFixture.START + 10_000,
                new PackDescription.Reader("auditor@example.com", "Audit.Reader Export.Operator", "standard"),
                "yearly audit of the doors, as agreed on 3 November",
                "{\"from\":\"2026-11-20T00:00:00.000Z\",\"source\":\"door-service\",\"stream\":\"audit.default\"}"
                        .getBytes(StandardCharsets.UTF_8),
                List.of(),
                "ndjson",
                checkpoint,
                List.of(),
                RangeProof.of(log.hashes(), FROM, TO, SIZE),
                List.of(PackFixture.LOG_SIGNER.verifierKey(), PackFixture.LOG_PQ_SIGNER.verifierKey()),
                List.of(builtIn, chosen),
                "{\"fields\":[]}".getBytes(StandardCharsets.UTF_8),
                new PackDescription.Tool("strongroom", "0.1.0"),
                activation.attachments());
        return PackFixture.pack(description, new Masking(), null);
    }

    /** What the fixture's own source shows; of the fields that it hides, what a profile would say. */
    private final class Masking implements PackSource {
        private final PackSource whole =
                log.source(FROM, TO, seq -> seq != ACTIVATION && seq != 17, seq -> seq != LEFT_OUT);

        @Override
        public void records(Lines out) throws IOException {
            whole.records(out);
        }

        @Override
        public void entries(Lines out) throws IOException {
            whole.entries(out);
        }

        @Override
        public void disclosures(Disclosures out) throws IOException {
            whole.disclosures(out);
        }

        @Override
        public void leaves(Leaves out) throws IOException {
            whole.leaves(out);
        }

        @Override
        public void masked(Lines out) throws IOException {
            for (int seq = FROM; seq < TO; seq++) {
                boolean hides = seq % 6 == 3 && seq != ACTIVATION;
                if (hides || seq == LEFT_OUT) {
                    String id = CanonicalObject.ofCanonical(log.record(seq))
                            .require("recordId")
                            .string();
                    String fields = hides
                            ? "{\"classification\":\"CONFIDENTIAL\",\"mask\":\"last4\",\"pointer\":\"/actor/id\",\"reason\":\"masking.yaml:standard:4\",\"rendering\":\"…-%02d\"},"
                                            .formatted(seq)
                                    + "{\"classification\":\"RESTRICTED\",\"pointer\":\"/attributes/email\",\"reason\":\"omitted by masking.yaml:standard:1\"}"
                            : "";
                    String reason = hides ? "" : "\"reason\":\"no masking profile fits the reader\",";
                    byte[] line = CanonicalJson.of("{\"fields\":[%s],%s\"recordId\":\"%s\",\"seq\":%d}"
                            .formatted(fields, reason, id, seq)
                            .getBytes(StandardCharsets.UTF_8));
                    if (!out.line(seq, line, 0, line.length)) {
                        return;
                    }
                }
            }
        }
    }

    private String trust() {
        return PackFixture.trust()
                        .render()
                        .replace(
                                "quorum none\n",
                                "witness fleet " + FLEET.verifierKey().vkey() + "\nwitness auditor "
                                        + OUTSIDE.verifierKey().vkey() + "\nfleet fleet\nquorum auditor\n")
                + officer("ann@example.com", ANN_KEY) + officer("ben@example.com", BEN_KEY)
                + "approvals required except "
                + builtIn.digest() + "\n";
    }

    private static String officer(String name, SigningKey key) {
        return "officer " + name + " 2026-01-01T00:00:00.000Z - "
                + Base64.getEncoder().encodeToString(key.verifyingKey().spki()) + "\n";
    }

    /** Makes pack and trust file anew, from the folder of bundles into a folder. */
    public static void main(String[] folders) throws IOException {
        ApprovedPackFixture made = new ApprovedPackFixture(Path.of(folders[0]));
        Files.write(Path.of(folders[1], "pack-v1-approved.zip"), made.pack());
        Files.writeString(Path.of(folders[1], "trust-v1-approved.txt"), made.trust());
    }
}
