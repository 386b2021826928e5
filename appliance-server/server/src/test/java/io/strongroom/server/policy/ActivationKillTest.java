package io.strongroom.server.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.api.Acceptance;
import io.strongroom.api.InvitationRequest;
import io.strongroom.api.PolicyActivation;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.PolicyState;
import io.strongroom.api.ProblemType;
import io.strongroom.api.Role;
import io.strongroom.api.Scope;
import io.strongroom.api.SessionTokens;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.ApplianceTrust;
import io.strongroom.api.client.RetryPolicy;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import io.strongroom.server.ApplianceFixture;
import io.strongroom.server.StrongroomProcess;
import io.strongroom.server.TestAuthenticator;
import io.strongroom.server.ledger.LedgerReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment of an activation leaves exactly one bundle in force, which the database, the
 * ledger and {@code main} agree on; what was answered stands, and what was not can be asked for again.
 */
class ActivationKillTest {
    private static final String PASSWORD = "four words of no sense";
    private static final int KILLS = 3;
    private static final long NEVER = -1;

    private final SecureRandom random = new SecureRandom();
    private final Officer ann = new Officer("ann", Role.SECURITY_ADMIN);
    private final Officer ben = new Officer("ben", Role.COMPLIANCE_REVIEWER);
    private final Path folder;
    private final Path data;

    ActivationKillTest(@TempDir Path folder) {
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    /** An officer with a session, which outlives the processes. */
    private static final class Officer {
        private final String id;
        private final Role role;
        private final SigningKey key = SigningKey.generate(SigningAlgorithm.ED25519, new SecureRandom());
        private String secret = "";
        private String token = "";
        private String refresh = "";

        private Officer(String id, Role role) {
            this.id = id;
            this.role = role;
        }

        private void signedIn(SessionTokens tokens) {
            token = tokens.accessToken();
            refresh = tokens.refreshToken();
        }
    }

    /**
     * An activation that was asked for.
     *
     * @param answered whether it was said to be in force
     * @param nanos until the answer, or the kill
     */
    private record Attempt(int number, boolean answered, long nanos) {}

    @Test
    void whereverItIsKilledOneBundleIsInForceAndAllAgreeWhich() throws Exception {
        prepare();
        Random moments = new Random();
        long longest = 0;
        Attempt last = null;
        for (int number = 0; number <= KILLS; number++) {
            try (StrongroomProcess process = start()) {
                Json.Obj notice = process.awaitReady(data);
                for (Officer officer : List.of(ann, ben)) {
                    goOn(notice, officer);
                }
                if (last != null) {
                    settle(notice, last);
                }
                approve(notice, number);
                // The first is killed after its answer: how long that takes says at which moments the others are.
                long moment = number == 0 ? NEVER : moments.nextLong(longest + 1);
                last = activate(process, notice, number, moment);
                longest = Math.max(longest, last.nanos());
            }
            Files.delete(data.resolve("run/ready.json"));
        }
        assertAllAgree(last);
    }

    // --- What is there to begin with

    private void prepare() {
        try (ApplianceFixture appliance = ApplianceFixture.start(data)) {
            try (StrongroomClient root = appliance.client(appliance.adminToken())) {
                join(appliance, root, ann);
            }
            try (StrongroomClient hers = appliance.client(ann.token)) {
                join(appliance, hers, ben);
            }
            String author = appliance.token(Set.of(Scope.POLICY));
            Git git = Git.clone(appliance, author, folder.resolve("clone"));
            git.run("rm", "-q", "-f", "default.test.yaml").good();
            try (StrongroomClient proposer = appliance.client(author)) {
                for (int number = 0; number <= KILLS; number++) {
                    git.write("bundle.yaml", "name: acme\nversion: \"" + number + "\"\n")
                            .commit("Version " + number);
                    git.push("HEAD:refs/heads/proposals/p" + number).good();
                    proposer.policies().propose("p" + number, "Version " + number);
                }
            }
        }
    }

    private static void join(ApplianceFixture appliance, StrongroomClient inviter, Officer officer) {
        String invitation = String.valueOf(inviter.users()
                .invite(new InvitationRequest(officer.id, officer.id, Set.of(officer.role), Map.of()))
                .code());
        try (StrongroomClient nobody = appliance.client("")) {
            officer.secret = nobody.auth().openInvitation(invitation).secret();
            long step = TestAuthenticator.step();
            nobody.auth().accept(new Acceptance(invitation, PASSWORD, TestAuthenticator.code(officer.secret, step)));
            officer.signedIn(nobody.auth()
                    .signIn(new SignInRequest(officer.id, PASSWORD, TestAuthenticator.code(officer.secret, step + 1))));
        }
        try (StrongroomClient own = appliance.client(officer.token)) {
            own.auth().enrol(officer.key);
        }
    }

    // --- One process, one activation

    /**
     * Activates, and kills the process meanwhile.
     *
     * @param moment nanoseconds after the request is begun
     */
    private Attempt activate(StrongroomProcess process, Json.Obj notice, int number, long moment) throws Exception {
        try (StrongroomClient client = client(notice, ann.token)) {
            long began = System.nanoTime();
            CompletableFuture<PolicyProposal> answer =
                    CompletableFuture.supplyAsync(() -> client.policies().activate("p" + number));
            if (moment != NEVER) {
                TimeUnit.NANOSECONDS.sleep(moment);
                process.close();
            }
            boolean answered = succeeded(answer);
            return new Attempt(number, answered, System.nanoTime() - began);
        }
    }

    /** Looks at what the kill left, asks again where it was undone, and once more where it was not. */
    private void settle(Json.Obj notice, Attempt attempt) throws IOException {
        String name = "p" + attempt.number();
        try (StrongroomClient client = client(notice, ann.token)) {
            PolicyProposal proposal = client.policies().proposal(name);
            boolean activated = proposal.state().equals("activated");
            assertThat(activated || !attempt.answered())
                    .as("what was answered stands")
                    .isTrue();
            assertOneInForce(client, activated ? attempt.number() : attempt.number() - 1);
            if (!activated) {
                assertThat(proposal.approvals()).hasSize(2).allMatch(PolicyProposal.Given::counts);
                assertThat(client.policies().activate(name).state()).isEqualTo("activated");
            }
            assertOneInForce(client, attempt.number());
            assertThatThrownBy(() -> client.policies().activate(name))
                    .isInstanceOfSatisfying(StrongroomException.Answered.class, e -> assertThat(e.type())
                            .contains(ProblemType.PROPOSAL_ENDED));
            assertOneInForce(client, attempt.number());
        }
    }

    private static boolean succeeded(CompletableFuture<PolicyProposal> answer) throws InterruptedException {
        try {
            return answer.get().state().equals("activated");
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(StrongroomException.Unreachable.class);
            return false;
        }
    }

    private void approve(Json.Obj notice, int number) throws IOException {
        String name = "p" + number;
        for (Officer officer : List.of(ann, ben)) {
            try (StrongroomClient client = client(notice, officer.token)) {
                Instant now = Instant.now();
                Approval approval = new Approval(
                        client.policies().proposal(name).change().orElseThrow(),
                        Decision.APPROVE,
                        new PersonId(officer.id),
                        officer.role.wire(),
                        now.toEpochMilli(),
                        now.plus(Duration.ofDays(1)).toEpochMilli(),
                        Approval.nonce(random));
                client.policies().approve(name, SignedApproval.sign(approval, officer.key));
            }
        }
    }

    /** @param number which of the proposals; −1 for the bundle that an installation begins with */
    private static void assertOneInForce(StrongroomClient client, int number) {
        PolicyState now = client.policies().inForce();
        assertThat(now.fault()).isNull();
        assertThat(now.drift()).isNull();
        PolicyState.Bundle inForce = now.inForce();
        if (number < 0) {
            assertThat(inForce.name()).isEqualTo("built-in");
            return;
        }
        PolicyProposal proposal = client.policies().proposal("p" + number);
        assertThat(inForce.version()).isEqualTo(Integer.toString(number));
        assertThat(inForce.digest()).isEqualTo(proposal.bundle());
        assertThat(now.main()).isEqualTo(proposal.commit());
        assertThat(now.activation())
                .isNotNull()
                .extracting(PolicyActivation::proposal)
                .isEqualTo(proposal.name());
        assertThat(client.policies().activations()).hasSize(number + 1);
    }

    private StrongroomProcess start() throws IOException {
        return StrongroomProcess.run(
                folder, Map.of(), "--data", data.toString(), "--port", "0", "--tenant", ApplianceFixture.TENANT);
    }

    /** Sessions outlive the processes, and are renewed in each: nothing here depends on how long a start takes. */
    private void goOn(Json.Obj notice, Officer officer) throws IOException {
        try (StrongroomClient nobody = client(notice, "")) {
            officer.signedIn(nobody.auth().refresh(officer.refresh));
        }
        try (StrongroomClient client = client(notice, officer.token)) {
            String until = client.auth().session().stepUpUntil();
            if (until == null || Instant.parse(until).isBefore(Instant.now().plus(Duration.ofMinutes(2)))) {
                client.auth().stepUp(TestAuthenticator.code(officer.secret, TestAuthenticator.step()));
            }
        }
    }

    private StrongroomClient client(Json.Obj notice, String token) throws IOException {
        URI url = StrongroomProcess.url(notice);
        return StrongroomClient.at(url)
                .trust(ApplianceTrust.authorities(Files.readAllBytes(data.resolve("tls/ca.crt"))))
                .token(token)
                .tenant(ApplianceFixture.TENANT)
                .retry(RetryPolicy.NONE)
                .build();
    }

    // --- What the ledger says of it all

    private void assertAllAgree(@Nullable Attempt last) throws IOException {
        try (ApplianceFixture appliance = ApplianceFixture.start(data);
                StrongroomClient client = appliance.client(ann.token)) {
            settle(Json.object().put("url", appliance.url().toString()).build(), requireNonNull(last));
            Drift drift = appliance.appliance().context().getBean(Drift.class);
            drift.look();
            assertThat(drift.detail()).isEmpty();
            List<Json.Obj> recorded = new ArrayList<>();
            LedgerReader ledger = appliance.appliance().context().getBean(LedgerReader.class);
            ledger.read(0, ledger.size(), true, row -> {
                byte[] body = requireNonNull(row.body());
                if (new String(body, UTF_8).contains("\"action\":\"policy.activated\"")) {
                    recorded.add(Json.parseObject(body));
                }
                return true;
            });
            List<PolicyActivation> told = new ArrayList<>(client.policies().activations());
            Collections.reverse(told);
            assertThat(recorded)
                    .extracting(record -> record.text("recordId"))
                    .isEqualTo(told.stream().map(PolicyActivation::recordId).toList());
            List<Json.Obj> each =
                    recorded.stream().map(record -> record.object("attributes")).toList();
            assertThat(each)
                    .extracting(attributes -> attributes.text("version"))
                    .isEqualTo(versions());
            for (int i = 0; i < each.size(); i++) {
                assertThat(each.get(i).objects("approvals", given -> given.text("officer")))
                        .containsExactlyInAnyOrder(ann.id, ben.id);
                if (i > 0) {
                    assertThat(each.get(i).text("baseBundle"))
                            .isEqualTo(each.get(i - 1).text("bundle"));
                }
            }
        }
    }

    private static List<String> versions() {
        List<String> versions = new ArrayList<>();
        for (int number = 0; number <= KILLS; number++) {
            versions.add(Integer.toString(number));
        }
        return versions;
    }
}
