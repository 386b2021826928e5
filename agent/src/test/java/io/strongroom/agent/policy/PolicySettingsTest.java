package io.strongroom.agent.policy;

import static io.strongroom.agent.policy.TestAppliance.bundle;
import static io.strongroom.agent.policy.TestAppliance.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strongroom.agent.policy.PolicySettings.Outcome;
import io.strongroom.agent.policy.TestAppliance.Person;
import io.strongroom.api.PolicyOffer;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device collects what two officers approved whom it believes, whoever holds the appliance. */
final class PolicySettingsTest {
    private final TestAppliance appliance = new TestAppliance();
    private final List<String> incidents = new ArrayList<>();
    private final Path file;
    private PolicySettings agent;
    private Person ann;
    private Person ben;

    PolicySettingsTest(@TempDir Path folder) {
        this.file = folder.resolve("policy.json");
        this.agent = started();
        this.ann = appliance.officer("ann@example.com", "Compliance.Reviewer");
        this.ben = appliance.officer("ben@example.com", "Security.Admin");
    }

    private PolicySettings started() {
        return new PolicySettings(new PolicyFile(file), appliance, (rule, detail) -> incidents.add(rule));
    }

    /** An agent that believes ann and ben, and goes by a bundle that both approved. */
    private void settled() throws Exception {
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        var unused = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.settings()).isEqualTo(told(60));
    }

    private void refuses(String rule, String detail) throws Exception {
        SortedMap<String, String> before = told(60);
        assertThat(agent.look()).isEqualTo(Outcome.REFUSED);
        assertThat(agent.settings()).isEqualTo(before);
        assertThat(agent.refusal()).get().asString().startsWith(rule).contains(detail);
        assertThat(incidents).last().isEqualTo(rule);
        // Not told again at each look, or by the next run.
        int told = incidents.size();
        agent = started();
        assertThat(agent.look()).isEqualTo(Outcome.REFUSED);
        assertThat(agent.settings()).isEqualTo(before);
        assertThat(incidents).hasSize(told);
    }

    private void refuses(String detail) throws Exception {
        refuses("settings-not-approved", detail);
    }

    @Test
    void whatTwoOfficersApprovedHolds() throws Exception {
        settled();
        agent = started();
        assertThat(agent.settings()).isEqualTo(told(60));
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        assertThat(incidents).isEmpty();
    }

    /** More than are shown at once, each of another length. */
    @Test
    void anAgentThatWasAwayFollowsEachActivation() throws Exception {
        settled();
        for (int every = 61; every < 70; every++) {
            var unused = appliance.activate(every, bundle(every), ann, ben);
        }
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.settings()).isEqualTo(told(69));
    }

    @Test
    void aBundleThatNobodyApprovedSaysNothingToDevices() throws Exception {
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        // As after an update of the appliance, which brings another built-in bundle.
        appliance.inForce = Digest.of("newer".getBytes(StandardCharsets.UTF_8)).toString();
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        appliance.settings.putAll(told(1));
        assertThat(agent.look()).isEqualTo(Outcome.REFUSED);
        assertThat(agent.settings()).isEmpty();
        appliance.settings.clear();
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        assertThat(agent.refusal()).isEmpty();
        var unused = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
    }

    /** As long as nobody can approve anything at the appliance, there is nobody to believe but the appliance. */
    @Test
    void whomTheApplianceShowsIsBelievedOnceTwoCouldApprove() throws Exception {
        appliance.people.remove(ben);
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        Person cas = appliance.officer("cas@example.com", "Compliance.Reviewer");
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        assertThat(new PolicyFile(file).told().officers()).isEmpty();
        appliance.people.add(ben);
        settled();
        assertThat(new PolicyFile(file).told().officers())
                .containsOnlyKeys(ann.id(), ben.id(), cas.id())
                .containsEntry(ben.id(), ben.role());
    }

    @Test
    void aForgedApprovalIsRefused() throws Exception {
        settled();
        Person asBen = Person.of(ben.id(), ben.role());
        var unused = appliance.activate(1, bundle(1), ann, asBen);
        refuses("found no such signature");
    }

    @Test
    void anOfficerOfTheAppliancesOwnMakingIsRefused() throws Exception {
        settled();
        Person eve = appliance.officer("eve@example.com", "Security.Admin");
        var unused = appliance.activate(1, bundle(1, ann, ben, eve), ann, eve);
        refuses("eve@example.com is not believed here");
    }

    @Test
    void oneOfficerInARoleThatTheyDoNotHaveIsRefused() throws Exception {
        settled();
        var unused = appliance.activate(1, bundle(1), ann, new Person(ben.id(), "Audit.Admin", ben.key()));
        refuses("ben@example.com is not believed here as Audit.Admin");
    }

    @Test
    void twoOfOneRoleAreRefused() throws Exception {
        Person cas = appliance.officer("cas@example.com", "Compliance.Reviewer");
        settled();
        var unused = appliance.activate(1, bundle(1), ann, cas);
        refuses("Two are in the role Compliance.Reviewer");
    }

    @Test
    void oneOfficerTwiceIsRefused() throws Exception {
        settled();
        var unused = appliance.activate(1, bundle(1), ann, ann);
        refuses("Two are of ann@example.com");
    }

    @Test
    void whoeverAskedForItDoesNotCount() throws Exception {
        settled();
        SortedMap<String, String> files = bundle(1);
        PolicyChange asked = appliance.change(files);
        PolicyChange own = new PolicyChange(
                asked.origin(),
                asked.proposal(),
                asked.bundle(),
                asked.commit(),
                asked.baseBundle(),
                new PersonId(ben.id()));
        var unused =
                appliance.activate(1, files, own, List.of(appliance.approval(own, ann), appliance.approval(own, ben)));
        refuses("ben@example.com asked for it");
    }

    @Test
    void approvalsOfAnotherCommitAreRefused() throws Exception {
        settled();
        PolicyOffer.Activation good = appliance.activate(61, bundle(61), ann, ben);
        appliance.activations.remove(good);
        appliance.inForce = good.baseBundle();
        SortedMap<String, String> files = bundle(1);
        var unused = appliance.activate(1, files, appliance.change(files), good.approvals());
        refuses("expected an approval of the bundle");
    }

    @Test
    void approvalsOfAnotherInstallationAreRefused() throws Exception {
        settled();
        String origin = appliance.origin;
        appliance.origin = "other.example/acme/00c0ffee";
        var unused = appliance.activate(1, bundle(1), ann, ben);
        appliance.origin = origin;
        refuses("expected an approval on the installation");
    }

    @Test
    void approvalsThatHaveExpiredAreRefused() throws Exception {
        settled();
        SortedMap<String, String> files = bundle(1);
        PolicyChange change = appliance.change(files);
        List<String> old = List.of(appliance.approval(change, ann), appliance.approval(change, ben));
        appliance.now += Duration.ofDays(2).toMillis();
        var unused = appliance.activate(1, files, change, old);
        refuses("one that expired");
    }

    /** Two officers went back, which they may; what they went back from does not come again by their former word. */
    @Test
    void approvalsThatWereUsedDoNotCountAgain() throws Exception {
        settled();
        SortedMap<String, String> loud = bundle(1);
        PolicyOffer.Activation once = appliance.activate(1, loud, ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        var back = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.settings()).isEqualTo(told(60));
        assertThat(once.baseBundle()).isEqualTo(back.bundle());
        var unused = appliance.activate(1, loud, appliance.change(loud), once.approvals());
        refuses("when what is in force here came to be");
    }

    @Test
    void anOlderBundleThatWasInForceIsRefused() throws Exception {
        settled();
        PolicyOffer.Activation first = appliance.activations.getFirst();
        var unused = appliance.activate(61, bundle(61), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        unused = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        // The appliance forgets what came after, and says that nothing did.
        appliance.activations.removeIf(each -> each != first);
        appliance.inForce = bundleThatNobodyHas();
        refuses("settings-rolled-back", "shows no approvals");
    }

    private static String bundleThatNobodyHas() {
        return TestAppliance.digest(bundle(5));
    }

    @Test
    void anOldActivationIsNoNewOne() throws Exception {
        settled();
        PolicyOffer.Activation first = appliance.activations.getFirst();
        appliance.activations.clear();
        appliance.activations.add(new PolicyOffer.Activation(
                first.seq() + 1000,
                "2026-11-21T09:00:00.000Z",
                first.bundle(),
                first.bundle(),
                first.commit(),
                first.proposal(),
                first.requester(),
                first.files(),
                first.agents(),
                first.officers(),
                first.approvals()));
        refuses("when what is in force here came to be");
    }

    /** Approved in the same hour, and overtaken by another: its officers' word was for another base. */
    @Test
    void whatWasApprovedAndNeverCameIntoForceDoesNotCountLater() throws Exception {
        settled();
        SortedMap<String, String> overtaken = bundle(1);
        PolicyChange change = appliance.change(overtaken);
        List<String> approvals = List.of(appliance.approval(change, ann), appliance.approval(change, ben));
        var unused = appliance.activate(61, bundle(61), ann, ben);
        unused = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        unused = appliance.activate(1, overtaken, change, approvals);
        refuses("when what is in force here came to be");
    }

    /** A bundle that was approved by somebody who is not believed holds nothing up: the next by those who are follows it. */
    @Test
    void whatOthersApprovedIsPassedOverOnceBelievedOfficersApprovedMore() throws Exception {
        settled();
        Person cas = appliance.officer("cas@example.com", "Audit.Admin");
        var unused = appliance.activate(1, bundle(1), ann, cas);
        refuses("cas@example.com is not believed here");
        unused = appliance.activate(61, bundle(61, ann, ben, cas), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.refusal()).isEmpty();
        unused = appliance.activate(62, bundle(62), ann, cas);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.settings()).isEqualTo(told(62));
    }

    @Test
    void otherSettingsThanThoseOfTheFileAreRefused() throws Exception {
        settled();
        appliance.settings.putAll(told(1));
        refuses("what officers approved is {collect.logs.every-seconds=60}");
    }

    @Test
    void anotherFileThanThatOfTheBundleIsRefused() throws Exception {
        settled();
        PolicyOffer.Activation good = appliance.activate(1, bundle(1), ann, ben);
        appliance.activations.set(
                1,
                new PolicyOffer.Activation(
                        good.seq(),
                        good.at(),
                        good.bundle(),
                        good.baseBundle(),
                        good.commit(),
                        good.proposal(),
                        good.requester(),
                        good.files(),
                        good.agents() + "# and more\n",
                        good.officers(),
                        good.approvals()));
        refuses("The file agents.yaml that is shown is not that of the bundle");
    }

    /** The chain that officers.yaml makes: cas by the word of ann and ben, and then ben no more. */
    @Test
    void whoMayApproveChangesByWhatThoseApprovedWhoCouldBefore() throws Exception {
        settled();
        Person cas = Person.of("cas@example.com", "Security.Admin");
        var unused = appliance.activate(61, bundle(61, ann, cas), ann, ben);
        unused = appliance.activate(62, bundle(62), ann, cas);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(new PolicyFile(file).told().officers()).containsOnlyKeys(ann.id(), cas.id());
        unused = appliance.activate(60, bundle(60), ann, cas);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        unused = appliance.activate(1, bundle(1), ann, ben);
        refuses("ben@example.com is not believed here");
    }

    @Test
    void whatIsRefusedHoldsNothingUpThatIsGood() throws Exception {
        settled();
        PolicyOffer.Activation bad = appliance.activate(1, bundle(1), ann, ann);
        refuses("Two are of");
        appliance.activations.remove(bad);
        appliance.inForce = bad.baseBundle();
        var unused = appliance.activate(70, bundle(70), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.refusal()).isEmpty();
    }

    @Test
    void somebodyAtTheMachineCanHaveItBelieveAnew() throws Exception {
        settled();
        Person cas = appliance.officer("cas@example.com", "Audit.Admin");
        var unused = appliance.activate(61, bundle(61), ann, cas);
        refuses("cas@example.com is not believed here");
        assertThat(new PolicyFile(file).putAside()).isPresent();
        assertThat(agent.settings()).as("until the appliance has said more").isEqualTo(told(60));
        assertThat(agent.look()).isEqualTo(Outcome.CHANGED);
        assertThat(agent.settings()).isEqualTo(told(61));
        assertThat(agent.refusal()).isEmpty();
    }

    @Test
    void aDamagedFileMakesNobodyBelieved() throws Exception {
        settled();
        Files.writeString(file, "{");
        agent = started();
        assertThatThrownBy(agent::look).isInstanceOf(IOException.class).hasMessageContaining("--believe-anew");
        assertThat(agent.trouble()).get().asString().contains("is damaged");
        assertThat(agent.settings()).isEmpty();
    }

    @Test
    void aFileOfAnEarlierAgentHoldsUntilOfficersAreKnown() throws Exception {
        Files.writeString(
                file, "{\"bundle\":{\"digest\":\"sha256:00\"},\"settings\":{\"collect.logs.every-seconds\":\"60\"}}");
        agent = started();
        assertThat(agent.settings()).isEqualTo(told(60));
        var unused = appliance.activate(60, bundle(60), ann, ben);
        assertThat(agent.look()).isEqualTo(Outcome.SAME);
        assertThat(new PolicyFile(file).told().officers()).hasSize(2);
        assertThat(appliance.ask(OptionalLong.of(0)).activations()).hasSize(1);
    }
}
