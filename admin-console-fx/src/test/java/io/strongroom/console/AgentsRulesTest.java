package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.Role;
import io.strongroom.api.SignInRequest;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.real.RealAgent;
import io.strongroom.console.real.RealAppliance;
import io.strongroom.console.real.RealOfficer;
import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two officers approved is what a running agent collects. */
@Tag("story")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AgentsRulesTest {
    private static final String DRAFT = "no-packages";

    @TempDir
    private Path folder;

    @Test
    void aRuleThatTwoApprovedReachesTheRunningAgent() {
        try (RealAppliance appliance = RealAppliance.start();
                RealAgent device = new RealAgent(folder)) {
            RealOfficer ann = appliance.twoOfficers().getFirst();
            RealOfficer cas = ann.invites("cas@example.com", "Cas Lindt", Role.AUDIT_ADMIN);
            RealOfficer dan = ann.invites("dan@example.com", "Dan Roth", Role.COMPLIANCE_REVIEWER);
            String code = String.valueOf(ann.client()
                    .devices()
                    .token("Till 4", "default", Duration.ofMinutes(10))
                    .code());
            String id = device.enrol(appliance, code).run();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> device.collectors().contains("inventory"));

            proposed(appliance, dan);
            ann.approves(DRAFT, Role.SECURITY_ADMIN);
            cas.approves(DRAFT, Role.AUDIT_ADMIN);
            ann.client().policies().activate(DRAFT);
            String inForce = ann.client().policies().inForce().inForce().digest();
            assertThat(device.bundle()).isNotEqualTo(inForce);

            AskedCommand asked = ann.client().devices().command(id, new DeviceOrder.ApplyPolicy(), Duration.ofHours(1));
            await().atMost(Duration.ofMinutes(1)).until(() -> ann.client().devices().commands(id).stream()
                    .anyMatch(each -> each.command().id().equals(asked.command().id())
                            && each.state().equals("done")));
            await().atMost(Duration.ofMinutes(1)).until(() -> device.bundle().equals(inForce));
            assertThat(device.collectors()).contains("logs", "health").doesNotContain("inventory");
        }
    }

    /** By git, as an officer's workspace does. */
    private void proposed(RealAppliance appliance, RealOfficer author) {
        Connection connection = new Connection(
                new Background(Runnable::run), Runnable::run, InstantSource.system(), Texts.in(Locale.ENGLISH));
        try (connection) {
            Appliance at = new Appliance(appliance.address(), appliance.fingerprint());
            connection.enter(
                    connection.signIn(at, new SignInRequest(author.id(), RealOfficer.PASSWORD, author.code())));
            try (RulesClone clone = RulesClone.open(folder.resolve("rules"), at)) {
                clone.fetch(connection.passage());
                clone.begin(DRAFT);
                clone.files()
                        .write(
                                "agents.yaml",
                                "rules:\n  - {groups: [default], collect: {inventory: {enabled: false}}}\n");
                clone.commit("No packages of tills", new PersonIdent("Dan", author.id()));
                clone.push(connection.passage());
            }
        }
        author.client().policies().propose(DRAFT, "No packages of tills");
    }
}
