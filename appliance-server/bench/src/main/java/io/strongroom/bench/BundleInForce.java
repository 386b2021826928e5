package io.strongroom.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.NewAuthenticator;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.officer.OneTimeCode;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Brings a bundle into force as people do: one proposes it with git, two officers of different roles approve it. */
final class BundleInForce {
    private static final String NAME = "bench";
    private static final String PASSWORD = "four words of no sense";
    private static final Duration GIT_LIMIT = Duration.ofSeconds(60);

    private final Appliance appliance;
    private final Path authority;
    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param data of the appliance, for its authority's certificate
     * @param folder for the clone; not there yet
     */
    BundleInForce(Appliance appliance, Path data, Path folder) {
        this.appliance = appliance;
        this.authority = data.resolve("tls").resolve("ca.crt");
        this.folder = folder;
    }

    /** Somebody who is in. */
    private record Person(String officer, Role role, String token) {}

    /**
     * Activates the bundle.
     *
     * @param administrator a client of the bootstrap administrator, while nobody else is in
     * @throws IOException if git is missing or refuses
     */
    void activate(StrongroomClient administrator, Map<String, byte[]> bundle) throws IOException, InterruptedException {
        Person security = joined(administrator, "security", Role.SECURITY_ADMIN);
        try (StrongroomClient officer = appliance.client(security.token())) {
            Person reviewer = joined(officer, "reviewer", Role.COMPLIANCE_REVIEWER);
            Person author = joined(officer, "author", Role.AUDIT_READER);
            push(author, bundle);
            try (StrongroomClient client = appliance.client(author.token())) {
                client.policies().propose(NAME, "the bundle of a benchmark");
            }
            approve(security);
            approve(reviewer);
            officer.policies().activate(NAME);
        }
    }

    private Person joined(StrongroomClient inviter, String officer, Role role) {
        String code = String.valueOf(inviter.users()
                .invite(new InvitationRequest(officer, officer, Set.of(role), Map.of()))
                .code());
        try (StrongroomClient nobody = appliance.client("")) {
            NewAuthenticator authenticator = nobody.auth().openInvitation(code);
            String secret = authenticator.secret();
            // Each code counts once: that of the step before lets the account be made, that of now lets in.
            long step = OneTimeCode.step(System.currentTimeMillis());
            nobody.auth().accept(new Acceptance(code, PASSWORD, OneTimeCode.of(secret, step - 1)));
            String token = nobody.auth()
                    .signIn(new SignInRequest(officer, PASSWORD, OneTimeCode.of(secret, step)))
                    .accessToken();
            return new Person(officer, role, token);
        }
    }

    private void approve(Person person) {
        SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, random);
        try (StrongroomClient client = appliance.client(person.token())) {
            client.auth().enrol(key);
            PolicyProposal proposal = client.policies().proposal(NAME);
            PolicyChange change = proposal.change().orElseThrow();
            long now = System.currentTimeMillis();
            Approval approval = new Approval(
                    change,
                    Decision.APPROVE,
                    new PersonId(person.officer()),
                    person.role().wire(),
                    now,
                    now + Duration.ofDays(1).toMillis(),
                    Approval.nonce(random));
            client.policies().approve(NAME, SignedApproval.sign(approval, key));
        }
    }

    // --- git

    private void push(Person author, Map<String, byte[]> bundle) throws IOException, InterruptedException {
        Path here = Path.of("").toAbsolutePath();
        git(
                author,
                here,
                "clone",
                "--quiet",
                appliance.url().resolve("/policy.git").toString(),
                folder.toString());
        git(author, folder, "rm", "-r", "--quiet", ".");
        for (Map.Entry<String, byte[]> file : bundle.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        git(author, folder, "add", ".");
        git(author, folder, "commit", "--quiet", "--allow-empty", "-m", "the bundle of a benchmark");
        git(author, folder, "push", "--quiet", "origin", "HEAD:refs/heads/proposals/" + NAME);
    }

    private void git(Person author, Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=" + author.officer(),
                "-c",
                "user.email=" + author.officer() + "@example.com",
                "-c",
                "commit.gpgSign=false",
                "-c",
                "http.postBuffer=32m"));
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("strongroom-bench-git", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(where.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "GIT_TERMINAL_PROMPT", "0",
                            "GIT_SSL_CAINFO", authority.toString(),
                            "GIT_CONFIG_COUNT", "1",
                            "GIT_CONFIG_KEY_0", "http.extraHeader",
                            "GIT_CONFIG_VALUE_0", "Authorization: Bearer " + author.token()));
            Process git = builder.start();
            if (!git.waitFor(GIT_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                git.destroyForcibly();
                throw new IOException("git " + arguments[0] + " took longer than " + GIT_LIMIT.toSeconds() + " s");
            }
            if (git.exitValue() != 0) {
                throw new IOException("git " + arguments[0] + " ended with " + git.exitValue() + ": "
                        + new String(Files.readAllBytes(said), UTF_8));
            }
        } finally {
            Files.delete(said);
        }
    }
}
