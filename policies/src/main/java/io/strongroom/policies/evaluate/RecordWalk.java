package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Classification;
import io.strongroom.policies.Kind;
import io.strongroom.policies.bundle.Bundle.DetectorRule;
import io.strongroom.policies.detect.Text;
import io.strongroom.policies.pattern.FieldAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a record once and gives each field its class and kind. A field is a member that holds no object: text, a
 * number, a truth value, null, an empty object, or a whole array; or an object that is to be taken whole, because a rule
 * says so or because a name in it is personal itself.
 *
 * <p>For one thread and one record.
 */
abstract class RecordWalk {
    private final FieldAutomaton<Fate>.State start;
    private final byte[] record;
    private final JsonReader reader;
    private final boolean attributesRestricted;
    private final Text text = new Text();

    /** Whether the value being walked over is in {@code attributes}. */
    private boolean inAttributes;

    // What was found in the field being looked at, so far.
    private @Nullable Classification classification;
    private @Nullable Kind kind;
    private @Nullable Fate fate;

    /**
     * @param attributesRestricted whether the attributes are not what they should be, and so RESTRICTED
     */
    RecordWalk(Plan plan, byte[] record, boolean attributesRestricted) {
        this.start = plan.start();
        this.record = record;
        this.reader = JsonReader.ofCanonical(record);
        this.attributesRestricted = attributesRestricted;
    }

    /** Goes over the record. */
    final void run() {
        reader.beginObject();
        while (reader.hasNext()) {
            JsonSlice name = reader.nameSlice();
            inAttributes = name.isString("attributes");
            member(start.member(name));
        }
        reader.endObject();
        reader.end();
    }

    // --- What the walk is for

    /**
     * A field.
     *
     * @param fate what the rules say about it; for something that holds several, what the strictest say
     */
    abstract void field(JsonSlice value, Fate fate, Classification classification, @Nullable Kind kind);

    /** An object begins whose fields are told one by one. */
    abstract void enter();

    /** It has ended. {@link #pointer} is the object's. */
    abstract void leave();

    /** The object that was entered last turns out to be one field, which is told next: forget its fields. */
    abstract void forget();

    /** The pointer of the field that was told, or of the object that was left. */
    final String pointer() {
        return reader.pointer();
    }

    // --- Members

    private void member(FieldAutomaton<Fate>.State state) {
        Fate rules = state.meaning();
        if (rules.isClear()) {
            reader.skip();
            return;
        }
        JsonToken kindOfValue = reader.peek();
        if (kindOfValue == JsonToken.BEGIN_OBJECT) {
            if (rules.isWhole()) {
                one(state);
            } else {
                object(state);
            }
        } else if (kindOfValue == JsonToken.BEGIN_ARRAY) {
            one(state);
        } else {
            JsonSlice value = reader.slice();
            begin();
            add(rules);
            look(value, kindOfValue, rules);
            tell(value);
        }
    }

    private void object(FieldAutomaton<Fate>.State state) {
        int from = reader.position();
        reader.beginObject();
        if (!reader.hasNext()) {
            reader.endObject();
            begin();
            add(state.meaning());
            tell(new JsonSlice(record, from, reader.position() - from));
            return;
        }
        enter();
        boolean personalName = false;
        while (reader.hasNext()) {
            JsonSlice name = reader.nameSlice();
            FieldAutomaton<Fate>.State inner = state.member(name);
            if (!personalName) {
                begin();
                personalName = look(name, JsonToken.STRING, inner.meaning());
            }
            member(inner);
        }
        reader.endObject();
        if (personalName) {
            forget();
            JsonSlice value = new JsonSlice(record, from, reader.position() - from);
            begin();
            add(state.meaning());
            inside(value.reader(), state);
            tell(value);
        } else {
            leave();
        }
    }

    /** An array, or an object that is taken whole. */
    private void one(FieldAutomaton<Fate>.State state) {
        JsonSlice value = reader.slice();
        begin();
        inside(value.reader(), state);
        if (fate == null) {
            add(state.meaning());
        }
        tell(value);
    }

    /** Everything in a value that is one field counts for it. */
    private void inside(JsonReader inner, FieldAutomaton<Fate>.State state) {
        switch (inner.peek()) {
            case BEGIN_OBJECT -> {
                inner.beginObject();
                while (inner.hasNext()) {
                    JsonSlice name = inner.nameSlice();
                    FieldAutomaton<Fate>.State member = state.member(name);
                    look(name, JsonToken.STRING, member.meaning());
                    inside(inner, member);
                }
                inner.endObject();
            }
            case BEGIN_ARRAY -> {
                inner.beginArray();
                while (inner.hasNext()) {
                    inside(inner, state.element());
                }
                inner.endArray();
            }
            default -> {
                JsonToken kindOfValue = inner.peek();
                add(state.meaning());
                look(inner.slice(), kindOfValue, state.meaning());
            }
        }
    }

    // --- The field being looked at

    private void begin() {
        fate = null;
        classification = null;
        kind = null;
    }

    private void add(Fate rules) {
        fate = fate == null ? rules : fate.and(rules);
        raise(rules.classification(), rules.kind());
    }

    private void raise(Classification to, @Nullable Kind of) {
        if (classification == null || to.compareTo(classification) > 0) {
            classification = to;
            kind = of != null ? of : kind;
        } else if (to == classification && kind == null) {
            kind = of;
        }
    }

    /** Lets detectors look into text and numbers. True if one found something. */
    private boolean look(JsonSlice value, JsonToken kindOfValue, Fate rules) {
        if (rules.detectors().length == 0 || kindOfValue != JsonToken.STRING && kindOfValue != JsonToken.NUMBER) {
            return false;
        }
        boolean found = false;
        text.set(value);
        for (DetectorRule rule : rules.detectors()) {
            if (couldRaise(rule)
                    && rule.detector().mayBeIn(text)
                    && rule.detector().isIn(text)) {
                raise(rule.classification(), rule.kind());
                found = true;
            }
        }
        return found;
    }

    private boolean couldRaise(DetectorRule rule) {
        int higher = classification == null ? 1 : rule.classification().compareTo(classification);
        return higher > 0 || higher == 0 && kind == null && rule.kind() != null;
    }

    private void tell(JsonSlice value) {
        if (fate == null || classification == null) {
            throw new IllegalStateException("a field without rules");
        }
        boolean restricted = attributesRestricted && inAttributes;
        field(value, fate, restricted ? Classification.RESTRICTED : classification, kind);
    }
}
