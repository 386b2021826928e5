package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance shows an agent of the policy in force: {@code GET /api/v1/device/settings}. Nothing of it needs to be
 * believed: what officers approved is in the activations (formats §8).
 *
 * @param origin the log's, which approvals name
 * @param bundle the one in force; without a commit if nobody approved it
 * @param group the device's
 * @param rule the rule that decides about the group; null if none does
 * @param settings what it comes to, by the agent's own keys
 * @param officers who can approve at the appliance now; empty where the agent said that it knows some
 * @param activations those after the one that the agent named, at most a few of them, in the ledger's order; of an agent that
 *     named none the last alone
 */
public record PolicyOffer(
        String origin,
        PolicyState.Bundle bundle,
        String group,
        @Nullable String rule,
        SortedMap<String, String> settings,
        List<Officer> officers,
        List<Activation> activations) {
    public PolicyOffer {
        requireNonNull(origin, "origin is null");
        requireNonNull(group, "group is null");
        settings = new TreeMap<>(settings);
        officers = List.copyOf(officers);
        activations = List.copyOf(activations);
    }

    /**
     * Somebody who can approve.
     *
     * @param keys Ed25519, each as SubjectPublicKeyInfo in base64
     */
    public record Officer(String officer, List<String> roles, List<String> keys) {
        public Officer {
            roles = List.copyOf(roles);
            keys = List.copyOf(keys);
        }

        public Json.Obj toJson() {
            return Json.object()
                    .put("officer", officer)
                    .putTexts("roles", roles)
                    .putTexts("keys", keys)
                    .build();
        }

        public static Officer fromJson(Json.Obj json) {
            return new Officer(json.text("officer"), json.texts("roles"), json.texts("keys"));
        }
    }

    /**
     * That a bundle came into force, with what shows that officers approved it.
     *
     * @param seq its place in the ledger
     * @param at when it was judged, RFC 3339
     * @param files the digest of each file, by path: together they are the bundle's digest
     * @param agents the text of agents.yaml; null if the bundle has none
     * @param officers the text of officers.yaml; null if the bundle has none
     * @param approvals the envelopes, in base64
     */
    public record Activation(
            long seq,
            String at,
            String bundle,
            String baseBundle,
            String commit,
            String proposal,
            String requester,
            SortedMap<String, String> files,
            @Nullable String agents,
            @Nullable String officers,
            List<String> approvals) {
        public Activation {
            files = new TreeMap<>(files);
            approvals = List.copyOf(approvals);
        }

        public Json.Obj toJson() {
            return Json.object()
                    .put("seq", seq)
                    .put("at", at)
                    .put("bundle", bundle)
                    .put("baseBundle", baseBundle)
                    .put("commit", commit)
                    .put("proposal", proposal)
                    .put("requester", requester)
                    .put("files", texts(files))
                    .put("agents", agents)
                    .put("officers", officers)
                    .putTexts("approvals", approvals)
                    .build();
        }

        public static Activation fromJson(Json.Obj json) {
            return new Activation(
                    json.integer("seq"),
                    json.text("at"),
                    json.text("bundle"),
                    json.text("baseBundle"),
                    json.text("commit"),
                    json.text("proposal"),
                    json.text("requester"),
                    texts(json.object("files")),
                    json.optionalText("agents"),
                    json.optionalText("officers"),
                    json.texts("approvals"));
        }
    }

    private static Json.Obj texts(Map<String, String> texts) {
        Json.Builder json = Json.object();
        texts.forEach(json::put);
        return json.build();
    }

    private static SortedMap<String, String> texts(Json.Obj json) {
        SortedMap<String, String> texts = new TreeMap<>();
        json.members().keySet().forEach(name -> texts.put(name, json.text(name)));
        return texts;
    }

    public Json.Obj toJson() {
        List<Json> shownOfficers = new ArrayList<>();
        officers.forEach(officer -> shownOfficers.add(officer.toJson()));
        List<Json> shownActivations = new ArrayList<>();
        activations.forEach(activation -> shownActivations.add(activation.toJson()));
        return Json.object()
                .put("origin", origin)
                .put("bundle", bundle.toJson())
                .put("group", group)
                .put("rule", rule)
                .put("settings", texts(settings))
                .put("officers", new Json.Arr(shownOfficers))
                .put("activations", new Json.Arr(shownActivations))
                .build();
    }

    public static PolicyOffer fromJson(Json.Obj json) {
        return new PolicyOffer(
                json.text("origin"),
                PolicyState.Bundle.fromJson(json.object("bundle")),
                json.text("group"),
                json.optionalText("rule"),
                texts(json.object("settings")),
                json.objects("officers", Officer::fromJson),
                json.objects("activations", Activation::fromJson));
    }
}
