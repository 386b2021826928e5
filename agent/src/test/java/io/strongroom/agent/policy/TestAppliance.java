package io.strongroom.agent.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.PolicyOffer;
import io.strongroom.api.PolicyState;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.Digest;
import io.strongroom.evidence.GitCommit;
import io.strongroom.evidence.Origin;
import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.approval.Approval;
import io.strongroom.evidence.approval.Decision;
import io.strongroom.evidence.approval.PersonId;
import io.strongroom.evidence.approval.PolicyChange;
import io.strongroom.evidence.approval.SignedApproval;
import io.strongroom.evidence.key.SigningAlgorithm;
import io.strongroom.evidence.key.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An appliance whose policy officers change, and which can show an agent whatever somebody who holds it likes. */
final class TestAppliance implements PolicySettings.Question {
    static final String GROUP = "default";
    private static final int MOST = 2;
    private static final SecureRandom RANDOM = new SecureRandom();

    final List<Person> people = new ArrayList<>();
    final List<PolicyOffer.Activation> activations = new ArrayList<>();
    final SortedMap<String, String> settings = new TreeMap<>();
    String origin = "appliance.example/acme/00c0ffee";
    String inForce = Digest.of("built-in".getBytes(UTF_8)).toString();
    long now = Rfc3339.parse("2026-11-21T10:00:00.000Z");
    long seq = 100;

    /** An officer, in one role. */
    record Person(String id, String role, SigningKey key) {
        static Person of(String id, String role) {
            return new Person(id, role, SigningKey.generate(SigningAlgorithm.ED25519, RANDOM));
        }

        String spki() {
            return Base64.getEncoder().encodeToString(key.verifyingKey().spki());
        }

        PolicyOffer.Officer shown() {
            return new PolicyOffer.Officer(id, List.of(role), List.of(spki()));
        }
    }

    Person officer(String id, String role) {
        Person person = Person.of(id, role);
        people.add(person);
        return person;
    }

    /** A bundle that has logs collected every so many seconds, and names these officers, if any. */
    static SortedMap<String, String> bundle(int everySeconds, Person... officers) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("bundle.yaml", "name: acme\nversion: \"" + everySeconds + "\"\n");
        files.put(
                "agents.yaml",
                "rules:\n  - {groups: [till-*], collect: {logs: {enabled: false}}}\n"
                        + "  - {groups: ['def*'], collect: {logs: {everySeconds: " + everySeconds + "}}}\n");
        if (officers.length > 0) {
            StringBuilder yaml = new StringBuilder("officers:\n");
            Arrays.stream(officers)
                    .forEach(each -> yaml.append("  - {officer: " + each.id() + ", roles: [" + each.role()
                            + "], keys: [" + each.spki() + "]}\n"));
            files.put("officers.yaml", yaml.toString());
        }
        return files;
    }

    static SortedMap<String, String> told(int everySeconds) {
        return new TreeMap<>(java.util.Map.of("collect.logs.every-seconds", Integer.toString(everySeconds)));
    }

    private static SortedMap<String, String> digests(SortedMap<String, String> files) {
        SortedMap<String, String> digests = new TreeMap<>();
        files.forEach((path, text) ->
                digests.put(path, Digest.of(text.getBytes(UTF_8)).toString()));
        return digests;
    }

    static String digest(SortedMap<String, String> files) {
        Json.Builder json = Json.object();
        digests(files).forEach(json::put);
        return Digest.of(json.build().bytes()).toString();
    }

    PolicyChange change(SortedMap<String, String> files) {
        return new PolicyChange(
                new Origin(origin),
                "proposals/next",
                Digest.parse(digest(files)),
                new GitCommit("0123456789abcdef0123456789abcdef01234567"),
                Digest.parse(inForce),
                new PersonId("rita@example.com"));
    }

    String approval(PolicyChange change, Person officer) {
        Approval approval = new Approval(
                change,
                Decision.APPROVE,
                new PersonId(officer.id()),
                officer.role(),
                now - 1000,
                now + Duration.ofDays(1).toMillis(),
                Approval.nonce(RANDOM));
        return Base64.getEncoder()
                .encodeToString(SignedApproval.sign(approval, officer.key()).toJson());
    }

    /** The officers bring a bundle into force, as they should. */
    PolicyOffer.Activation activate(int everySeconds, SortedMap<String, String> files, Person... officers) {
        PolicyChange change = change(files);
        return activate(
                everySeconds,
                files,
                change,
                Arrays.stream(officers)
                        .map(officer -> approval(change, officer))
                        .toList());
    }

    /** Somebody says that a bundle came into force. */
    PolicyOffer.Activation activate(
            int everySeconds, SortedMap<String, String> files, PolicyChange change, List<String> approvals) {
        PolicyOffer.Activation activation = new PolicyOffer.Activation(
                ++seq,
                Rfc3339.format(now),
                change.bundle().toString(),
                change.baseBundle().toString(),
                change.commit().hex(),
                change.proposal(),
                change.requester().value(),
                digests(files),
                files.get("agents.yaml"),
                files.get("officers.yaml"),
                approvals);
        activations.add(activation);
        inForce = activation.bundle();
        settings.clear();
        settings.putAll(told(everySeconds));
        now += 60_000;
        return activation;
    }

    @Override
    public PolicyOffer ask(OptionalLong after) {
        List<PolicyOffer.Activation> shown = after.isPresent()
                ? activations.stream()
                        .filter(each -> each.seq() > after.getAsLong())
                        .limit(MOST)
                        .toList()
                : activations.stream().skip(Math.max(0, activations.size() - 1)).toList();
        return new PolicyOffer(
                origin,
                new PolicyState.Bundle("acme", "1", inForce, commit()),
                GROUP,
                activations.isEmpty() ? null : "agents.yaml:3",
                settings,
                after.isPresent()
                        ? List.of()
                        : people.stream().map(Person::shown).toList(),
                shown);
    }

    private @Nullable String commit() {
        return activations.isEmpty() ? null : activations.getLast().commit();
    }
}
