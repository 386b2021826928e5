package io.strongroom.agent.policy;

import io.strongroom.agent.identity.Connection;
import io.strongroom.agent.policy.PolicyFile.Kept;
import io.strongroom.agent.policy.PolicyFile.Refusal;
import io.strongroom.api.PolicyOffer;
import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.json.JsonException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the policy in force wants this agent to collect: what two officers approved whom the device believes (formats §8), and
 * not what whoever holds the appliance says. Kept on disk, so that it holds while the appliance is away, or shows something
 * else.
 */
public final class PolicySettings {
    private static final String PATH = "/api/v1/device/settings";
    private static final int MOST_BYTES = 32 << 20;

    private final PolicyFile file;
    private final Question question;
    private final Incidents incidents;
    private volatile Kept kept;
    private volatile @Nullable String trouble;

    /** Asks the appliance. */
    @FunctionalInterface
    interface Question {
        /** @param after the place of the last activation that is believed; empty if nobody is believed yet */
        PolicyOffer ask(OptionalLong after) throws IOException, InterruptedException;
    }

    /** Puts what was found where it cannot be lost. */
    @FunctionalInterface
    public interface Incidents {
        void raise(String rule, String detail) throws IOException;
    }

    public PolicySettings(PolicyFile file, Connection connection, Incidents incidents) {
        this(file, after -> ask(connection, after), incidents);
    }

    PolicySettings(PolicyFile file, Question question, Incidents incidents) {
        this.file = file;
        this.question = question;
        this.incidents = incidents;
        Kept known = Kept.NOTHING;
        try {
            known = file.read();
        } catch (IOException e) {
            trouble = e.getMessage();
        }
        this.kept = known;
    }

    private static PolicyOffer ask(Connection connection, OptionalLong after) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = connection.send(
                after.isPresent() ? PATH + "?after=" + after.getAsLong() : PATH,
                HttpRequest.newBuilder().GET());
        if (answer.statusCode() != 200 || answer.body().length > MOST_BYTES) {
            throw new IOException("the appliance answered " + answer.statusCode() + " to what it wants collected");
        }
        try {
            return PolicyOffer.fromJson(Json.parseObject(answer.body()));
        } catch (JsonException | JsonShapeException e) {
            throw new IOException("what the appliance wants collected cannot be read: " + e.getMessage(), e);
        }
    }

    /** By the agent's own keys; empty before the appliance told anything. */
    public Map<String, String> settings() {
        return kept.settings();
    }

    /** The bundle that says so, and its rule; empty before the appliance told anything. */
    public Json.Obj source() {
        return kept.source();
    }

    /** What was refused, and why; empty if what the appliance showed last holds. */
    public Optional<String> refusal() {
        return Optional.ofNullable(kept.refusal()).map(each -> each.rule() + ": " + each.detail());
    }

    /** Why it could not be asked last; empty if it could. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** What came of a look. */
    public enum Outcome {
        /** What held before holds on. */
        SAME,
        CHANGED,
        /** What is shown is not what believed officers approved; what held before holds on. */
        REFUSED
    }

    /**
     * Looks once.
     *
     * @throws IOException if the appliance cannot be reached, does not say, or what it says cannot be kept; then what was said
     *     before holds
     */
    public synchronized Outcome look() throws IOException, InterruptedException {
        try {
            // As it is on disk: somebody at the machine may have put it aside.
            Kept before = file.read();
            Outcome outcome = look(before);
            trouble = null;
            return outcome;
        } catch (IOException | RuntimeException e) {
            trouble =
                    "What policy wants collected could not be asked: " + (e.getMessage() == null ? e : e.getMessage());
            throw e;
        }
    }

    private Outcome look(Kept before) throws IOException, InterruptedException {
        try {
            Kept next = next(before.believed());
            boolean changed = !next.settings().equals(kept.settings());
            if (!next.equals(before)) {
                file.write(next);
            }
            kept = next;
            return changed ? Outcome.CHANGED : Outcome.SAME;
        } catch (NotBelievedException found) {
            refuse(before, found);
            return Outcome.REFUSED;
        }
    }

    private Kept next(@Nullable BelievedPolicy known) throws IOException, InterruptedException, NotBelievedException {
        PolicyOffer offer = question.ask(known == null ? OptionalLong.empty() : OptionalLong.of(known.seq()));
        if (known != null) {
            return followed(known, offer);
        }
        BelievedPolicy first = BelievedPolicy.first(offer).orElse(null);
        return new Kept(source(offer), first == null ? offer.settings() : approved(first, offer), first, null);
    }

    /** Passes over what others approved, if what came after it was approved by those who are believed. */
    private Kept followed(BelievedPolicy known, PolicyOffer first)
            throws IOException, InterruptedException, NotBelievedException {
        BelievedPolicy believed = known;
        NotBelievedException refused = null;
        long shown = known.seq();
        PolicyOffer offer = first;
        while (!offer.activations().isEmpty()) {
            for (PolicyOffer.Activation next : offer.activations()) {
                if (next.seq() <= shown) {
                    throw new IOException("the appliance does not show its activations in their order");
                }
                shown = next.seq();
                try {
                    believed = believed.following(next);
                    refused = null;
                } catch (NotBelievedException e) {
                    refused = e;
                }
            }
            offer = question.ask(OptionalLong.of(shown));
        }
        if (refused != null) {
            throw refused;
        }
        return new Kept(source(offer), approved(believed, offer), believed, null);
    }

    private static Json.Obj source(PolicyOffer offer) {
        return Json.object()
                .put("bundle", offer.bundle().toJson())
                .put("rule", offer.rule())
                .build();
    }

    /** What officers approved, which is what the appliance has to say, too. */
    private static SortedMap<String, String> approved(BelievedPolicy believed, PolicyOffer offer)
            throws NotBelievedException {
        if (!believed.origin().value().equals(offer.origin())) {
            throw NotBelievedException.notApproved("The appliance is the installation " + offer.origin() + ", and not "
                    + believed.origin() + ", whose officers this device believes.");
        }
        if (believed.bundle() == null
                ? offer.bundle().commit() != null
                : !believed.bundle().toString().equals(offer.bundle().digest())) {
            throw new NotBelievedException(
                    NotBelievedException.ROLLED_BACK,
                    "The appliance says that the bundle " + offer.bundle().digest()
                            + " is in force, and shows no approvals by which it came after the one that is in force here.");
        }
        SortedMap<String, String> settings = believed.settings(offer.group());
        if (!settings.equals(offer.settings())) {
            throw NotBelievedException.notApproved("The appliance wants " + offer.settings() + " of the group "
                    + offer.group() + "; what officers approved is " + settings + ".");
        }
        return settings;
    }

    /** What held before holds on; told once, however often it is seen. */
    private void refuse(Kept before, NotBelievedException found) throws IOException {
        Refusal known = before.refusal();
        Refusal refusal = known != null && known.isOf(found) ? known : new Refusal(found.rule(), found.detail(), false);
        kept = before.refusing(refusal);
        if (!refusal.told()) {
            file.write(kept);
            incidents.raise(refusal.rule(), refusal.detail());
            kept = before.refusing(new Refusal(refusal.rule(), refusal.detail(), true));
            file.write(kept);
        }
    }
}
