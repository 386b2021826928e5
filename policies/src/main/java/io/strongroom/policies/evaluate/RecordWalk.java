package io.strongroom.policies.evaluate;

import io.strongroom.evidence.json.JsonReader;
import io.strongroom.evidence.json.JsonSlice;
import io.strongroom.evidence.json.JsonToken;
import io.strongroom.policies.Classification;
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
    private @Nullable Fate fate;
    private Sensitivity sensitivity = Sensitivity.UNKNOWN;

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
     * @param sensitivity what is in it
     */
    abstract void field(JsonSlice value, Fate fate, Sensitivity sensitivity);

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
            search(value, kindOfValue, rules);
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
            personalName = personalName || !inName(name, inner.meaning()).isUnknown();
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
        tell(value);
    }

    /** Everything in a value that is one field counts for it, and what is empty by itself. */
    private void inside(JsonReader inner, FieldAutomaton<Fate>.State state) {
        switch (inner.peek()) {
            case BEGIN_OBJECT -> {
                inner.beginObject();
                if (!inner.hasNext()) {
                    add(state.meaning());
                }
                while (inner.hasNext()) {
                    JsonSlice name = inner.nameSlice();
                    FieldAutomaton<Fate>.State member = state.member(name);
                    sensitivity = sensitivity.and(inName(name, member.meaning()));
                    inside(inner, member);
                }
                inner.endObject();
            }
            case BEGIN_ARRAY -> {
                inner.beginArray();
                if (!inner.hasNext()) {
                    add(state.meaning());
                }
                while (inner.hasNext()) {
                    inside(inner, state.element());
                }
                inner.endArray();
            }
            default -> {
                JsonToken kindOfValue = inner.peek();
                add(state.meaning());
                search(inner.slice(), kindOfValue, state.meaning());
            }
        }
    }

    // --- The field being looked at

    private void begin() {
        fate = null;
        sensitivity = Sensitivity.UNKNOWN;
    }

    private void add(Fate rules) {
        fate = fate == null ? rules : fate.and(rules);
        sensitivity = sensitivity.and(rules.sensitivity());
    }

    private void tell(JsonSlice value) {
        if (fate == null) {
            throw new IllegalStateException("a field without rules");
        }
        boolean restricted = attributesRestricted && inAttributes;
        field(value, fate, restricted ? sensitivity.allOf(Classification.RESTRICTED) : sensitivity);
    }

    // --- Detectors

    /** Lets detectors look into a text or a number. */
    private void search(JsonSlice value, JsonToken kindOfValue, Fate rules) {
        if (rules.detectors().length == 0 || kindOfValue != JsonToken.STRING && kindOfValue != JsonToken.NUMBER) {
            return;
        }
        text.set(value);
        for (DetectorRule rule : rules.detectors()) {
            if (rules.isRaisedBy(rule) && isInText(rule)) {
                sensitivity = sensitivity.and(rules.found(rule));
            }
        }
    }

    /** What detectors find in a name, whatever rules say of its value. */
    private Sensitivity inName(JsonSlice name, Fate rules) {
        Sensitivity found = Sensitivity.UNKNOWN;
        if (rules.detectors().length > 0) {
            text.set(name);
        }
        for (DetectorRule rule : rules.detectors()) {
            if (isInText(rule)) {
                found = found.and(Sensitivity.of(rule.classification(), rule.kind()));
            }
        }
        return found;
    }

    private boolean isInText(DetectorRule rule) {
        return rule.detector().mayBeIn(text) && rule.detector().isIn(text);
    }
}
