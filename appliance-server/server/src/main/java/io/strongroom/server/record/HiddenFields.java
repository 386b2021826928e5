package io.strongroom.server.record;

import io.strongroom.evidence.field.Commitments;
import io.strongroom.evidence.field.Disclosure;
import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.evidence.field.Withheld;
import io.strongroom.evidence.json.CanonicalObject;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Classification;
import io.strongroom.policies.PolicyDecision;
import io.strongroom.policies.PolicyDecision.Commitment;
import io.strongroom.policies.RecordFields;
import io.strongroom.policies.evaluate.KeptRecord;
import io.strongroom.server.privacy.FieldHashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A document as policy leaves it: without what it drops, and with digests in place of what it commits (formats §4).
 *
 * @param reduced canonical bytes of what stays in clear
 * @param member {@code "_sd":[…],} or nothing where the document has none of the committed fields
 * @param subject canonical bytes, as text, of what names the data subject; null where nothing does
 * @param byClass the disclosures by the class whose readers may see them
 * @param findable the keyed hashes by which committed fields are to be found
 */
@SuppressWarnings("ArrayRecordComponent")
record HiddenFields(
        byte[] reduced,
        byte[] member,
        @Nullable String subject,
        Map<Classification, List<Disclosure>> byClass,
        int[] findable) {

    private static final int[] NONE = {};

    /**
     * Takes out what the decision names.
     *
     * @throws PolicyFaultException if it cannot be done
     */
    static HiddenFields of(byte[] canonical, PolicyDecision decision, FieldHashes hashes, RandomGenerator random) {
        try {
            CanonicalObject document = CanonicalObject.ofCanonical(canonical);
            Map<JsonPointer, Classification> classes = classes(decision);
            Withheld withheld =
                    Commitments.withhold(kept(document, canonical, decision, hashes, random), classes.keySet(), random);
            return new HiddenFields(
                    withheld.document(),
                    member(withheld.digests()),
                    subject(document, decision),
                    byClass(withheld.disclosures(), classes),
                    findable(withheld.disclosures(), decision, hashes));
        } catch (IllegalArgumentException e) {
            throw new PolicyFaultException(
                    "the bundle " + decision.bundle().digest() + " hides what cannot be hidden: " + e.getMessage(), e);
        }
    }

    /** The document without what is dropped, and with hashes in place of what is hashed. */
    private static CanonicalObject kept(
            CanonicalObject document,
            byte[] canonical,
            PolicyDecision decision,
            FieldHashes hashes,
            RandomGenerator random) {
        if (decision.dropped().isEmpty() && decision.hashed().isEmpty()) {
            return document;
        }
        List<JsonPointer> dropped =
                decision.dropped().stream().map(HiddenFields::hideable).toList();
        byte[] kept = Commitments.withhold(canonical, dropped, random).document();
        decision.hashed().forEach(hashed -> hideable(hashed.pointer()));
        return CanonicalObject.ofCanonical(
                decision.hashed().isEmpty() ? kept : KeptRecord.of(kept, decision, hashes.tenantSalt()));
    }

    private static int[] findable(List<Disclosure> disclosures, PolicyDecision decision, FieldHashes hashes) {
        if (decision.findable().isEmpty()) {
            return NONE;
        }
        int[] findable = new int[disclosures.size()];
        int count = 0;
        for (Disclosure disclosure : disclosures) {
            String pointer = disclosure.pointer().toString();
            if (decision.findable().contains(pointer)) {
                findable[count++] = hashes.findable(pointer, disclosure.value());
            }
        }
        return Arrays.copyOf(findable, count);
    }

    private static JsonPointer hideable(String text) {
        JsonPointer pointer = JsonPointer.parse(text);
        if (!pointer.tokens().isEmpty()
                && RecordFields.ALWAYS_CLEAR.contains(pointer.tokens().getFirst())) {
            throw new IllegalArgumentException(text + " stands in the ledger's entry in clear");
        }
        return pointer;
    }

    /** A field named twice has the higher class. */
    private static Map<JsonPointer, Classification> classes(PolicyDecision decision) {
        Map<JsonPointer, Classification> classes = new HashMap<>();
        for (Commitment commitment : decision.commitments()) {
            classes.merge(hideable(commitment.pointer()), commitment.classification(), Classification::max);
        }
        return classes;
    }

    private static byte[] member(List<String> digests) {
        return digests.isEmpty()
                ? new byte[0]
                : ("\"" + Commitments.DIGESTS_MEMBER + "\":[\"" + String.join("\",\"", digests) + "\"],")
                        .getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<Classification, List<Disclosure>> byClass(
            List<Disclosure> disclosures, Map<JsonPointer, Classification> classes) {
        Map<Classification, List<Disclosure>> byClass = new EnumMap<>(Classification.class);
        for (Disclosure disclosure : disclosures) {
            Classification classification = classes.getOrDefault(disclosure.pointer(), Classification.RESTRICTED);
            byClass.computeIfAbsent(classification, c -> new ArrayList<>()).add(disclosure);
        }
        return byClass;
    }

    /** What names the data subject in the document, as text; null where nothing does. */
    static @Nullable String subject(CanonicalObject document, PolicyDecision decision) {
        if (decision.subject().isEmpty()) {
            return null;
        }
        CanonicalObject object = document;
        JsonSlice value = null;
        for (String token : JsonPointer.parse(decision.subject().get()).tokens()) {
            if (value != null) {
                if (value.kind() != JsonToken.BEGIN_OBJECT) {
                    return null;
                }
                object = value.object();
            }
            value = object.get(token);
            if (value == null) {
                return null;
            }
        }
        return value == null ? null : new String(value.toBytes(), StandardCharsets.UTF_8);
    }
}
