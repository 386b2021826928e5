package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.pack.verify.PackFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a pack says and holds, fact by fact. */
final class Facts {
    private static final int MOST_RANGES = 8;

    private Facts() {}

    /** By name, in the order in which one reads them; what does not apply is left out. */
    static List<Fact> of(PackFacts facts, Texts texts) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("fact.packId", facts.packId());
        told.put("fact.tenant", facts.tenant());
        told.put("fact.createdAt", facts.createdAt());
        told.put("fact.reader", facts.reader());
        told.put("fact.purpose", facts.purpose());
        told.put("fact.origin", facts.origin());
        told.put(
                "fact.checkpoint",
                texts.get("fact.checkpoint.value", facts.checkpointSize(), String.valueOf(facts.root())));
        told.put("fact.records", texts.number(facts.records()));
        if (facts.from() < facts.to()) {
            told.put("fact.places", texts.get("fact.places.value", facts.from(), facts.to() - 1));
            told.put("fact.entries", texts.number(facts.entries()));
            told.put("fact.notSelected", places(facts.notSelected(), texts));
            told.put("fact.bodiesLeftOut", places(facts.bodiesLeftOut(), texts));
        }
        PackFacts.Fields fields = facts.fields();
        if (fields.present() + fields.withheld() + fields.erased() > 0) {
            told.put(
                    "fact.fields",
                    texts.get("fact.fields.value", fields.present(), fields.withheld(), fields.erased()));
        }
        PackFacts.Objects objects = facts.objects();
        if (objects.present() + objects.notHere() > 0) {
            told.put("fact.objects", texts.get("fact.objects.value", objects.present(), objects.notHere()));
        }
        PackFacts.Batches batches = facts.batches();
        if (batches.signed() + batches.notHere() > 0) {
            told.put("fact.batches", texts.get("fact.batches.value", batches.signed(), batches.notHere()));
        }
        told.put("fact.unproven", String.join(", ", facts.unproven()));
        return told.entrySet().stream()
                .map(fact -> Fact.of(texts.get(fact.getKey()), fact.getValue()))
                .toList();
    }

    private static String places(PackFacts.Places places, Texts texts) {
        if (places.count() == 0) {
            return "0";
        }
        String shown = places.ranges().stream()
                .limit(MOST_RANGES)
                .map(PackFacts.Range::toString)
                .collect(Collectors.joining(", "));
        boolean more = places.more() || places.ranges().size() > MOST_RANGES;
        return texts.get("fact.places.listed", places.count(), shown + (more ? ", …" : ""));
    }
}
