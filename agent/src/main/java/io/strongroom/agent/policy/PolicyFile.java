package io.strongroom.agent.policy;

import io.strongroom.agent.files.DurableFile;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the agent keeps of the policy, in one file that has its old content or its new. */
public final class PolicyFile {
    private final Path file;

    public PolicyFile(Path file) {
        this.file = file;
    }

    /**
     * What is kept.
     *
     * @param source the bundle and the rule that say so, for whoever compares; empty before the appliance told anything
     * @param settings what holds, by the agent's own keys
     * @param believed what the next settings must follow from; null as long as nobody is believed
     * @param refusal what was refused last; null if what was shown last holds
     */
    record Kept(
            Json.Obj source,
            SortedMap<String, String> settings,
            @Nullable BelievedPolicy believed,
            @Nullable Refusal refusal) {
        static final Kept NOTHING = new Kept(Json.Obj.EMPTY, new TreeMap<>(), null, null);

        Kept refusing(Refusal next) {
            return new Kept(source, settings, believed, next);
        }

        private Json.Obj toJson() {
            Json.Builder said = Json.object();
            settings.forEach(said::put);
            return Json.object()
                    .putAll(source)
                    .put("settings", said.build())
                    .put("believed", believed == null ? null : believed.toJson())
                    .put("refused", refusal == null ? null : refusal.toJson())
                    .build();
        }

        private static Kept fromJson(Json.Obj json) {
            SortedMap<String, String> settings = new TreeMap<>();
            if (json.members().get("settings") instanceof Json.Obj all) {
                all.members().keySet().forEach(key -> settings.put(key, all.text(key)));
            }
            return new Kept(
                    json.without("settings", "believed", "refused"),
                    settings,
                    json.optionalObject("believed", BelievedPolicy::fromJson).orElse(null),
                    json.optionalObject("refused", Refusal::fromJson).orElse(null));
        }
    }

    /**
     * That something was refused.
     *
     * @param rule by which, as the incident names it
     * @param detail a sentence for people
     * @param told whether the incident is on its way
     */
    record Refusal(String rule, String detail, boolean told) {
        boolean isOf(NotBelievedException found) {
            return rule.equals(found.rule()) && detail.equals(found.detail());
        }

        private Json.Obj toJson() {
            return Json.object()
                    .put("rule", rule)
                    .put("detail", detail)
                    .put("told", told)
                    .build();
        }

        private static Refusal fromJson(Json.Obj json) {
            return new Refusal(json.text("rule"), json.text("detail"), json.truth("told"));
        }
    }

    /**
     * @throws IOException if it cannot be read; then nobody is believed, rather than whoever comes next
     */
    Kept read() throws IOException {
        if (!Files.exists(file)) {
            return Kept.NOTHING;
        }
        try {
            return Kept.fromJson(Json.parseObject(Files.readAllBytes(file)));
        } catch (JsonException | JsonShapeException | IllegalArgumentException e) {
            throw new IOException(
                    "The file " + file + " is damaged. Put it back as it was, or have the agent believe anew"
                            + " what the appliance shows: strongroom agent policy --believe-anew.",
                    e);
        }
    }

    /** Keeps it. On disk when this returns. */
    void write(Kept kept) throws IOException {
        DurableFile.write(file, kept.toJson().bytes());
    }

    /** For people: who is believed, and what was refused. */
    public Told told() throws IOException {
        Kept kept = read();
        BelievedPolicy believed = kept.believed();
        return new Told(
                believed == null || believed.bundle() == null
                        ? Optional.empty()
                        : Optional.of(believed.bundle().toString()),
                believed == null
                        ? Map.of()
                        : believed.officers().all().stream()
                                .collect(java.util.stream.Collectors.toMap(
                                        each -> each.id().value(),
                                        each -> String.join(", ", each.roles()),
                                        (one, other) -> one,
                                        TreeMap::new)),
                kept.refusal() == null
                        ? Optional.empty()
                        : Optional.of(
                                kept.refusal().rule() + ": " + kept.refusal().detail()));
    }

    /**
     * What people are told.
     *
     * @param bundle the one that was approved last; empty if none was
     * @param officers their roles, by their ids; empty as long as nobody is believed
     * @param refusal what was refused, and why
     */
    public record Told(Optional<String> bundle, Map<String, String> officers, Optional<String> refusal) {}

    /**
     * Puts it aside, so that what the appliance shows next is believed as at first. What is collected stays as it is until then.
     *
     * @return where it is now; empty if there is none
     */
    public Optional<Path> putAside() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        for (int i = 1; ; i++) {
            Path aside = file.resolveSibling("policy-" + i + ".json");
            if (!Files.exists(aside)) {
                DurableFile.move(file, aside);
                return Optional.of(aside);
            }
        }
    }
}
