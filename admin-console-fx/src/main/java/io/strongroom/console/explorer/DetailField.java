package io.strongroom.console.explorer;

import io.strongroom.api.FieldVerdict;
import io.strongroom.api.QueryItem;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.field.Commitment.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record, as far as the officer sees it.
 *
 * @param pointer where it stands (RFC 6901); empty where nobody can say
 * @param value as it is shown; empty where nothing is
 * @param reason why it is hidden, as the appliance says it; empty where it is not
 * @param classification the class that policy gave it; empty where it gave none
 * @param mask what was done to show what is shown; empty for nothing
 */
record DetailField(String pointer, Kind kind, String value, String reason, String classification, String mask) {
    /** How it is shown. */
    enum Kind {
        /** It stands in the record. */
        CLEAR,
        /** It is kept apart of the record, and this officer may see it. */
        DISCLOSED,
        /** Something else stands in its place, which proves nothing. */
        MASKED,
        /** It is there, and not shown. */
        HIDDEN,
        /** It is not there any more. */
        ERASED
    }

    private static final String COMMITTED = "_sd";

    /** All fields of a record: by place, and behind them those of which nobody can say where they stood. */
    static List<DetailField> of(QueryItem item) {
        List<DetailField> fields = new ArrayList<>();
        List<FieldVerdict> verdicts = item.verdicts();
        item.record()
                .without(COMMITTED)
                .members()
                .forEach((name, value) -> add(fields, "/" + escaped(name), value, verdicts));
        for (FieldVerdict verdict : verdicts) {
            String pointer = told(verdict.pointer());
            boolean here = fields.stream().anyMatch(field -> within(field.pointer(), pointer));
            if (verdict.verdict() != Verdict.PRESENT || !here) {
                fields.add(apart(verdict, pointer));
            }
        }
        fields.removeIf(field -> field.isLeftover(fields));
        fields.sort(Comparator.comparing((DetailField field) -> field.pointer().isEmpty())
                .thenComparing(DetailField::pointer));
        return fields;
    }

    /** Whether it is an object without members only because they are kept apart, or hidden with it. */
    private boolean isLeftover(List<DetailField> fields) {
        return kind == Kind.CLEAR
                && value.equals("{}")
                && fields.stream().anyMatch(other -> other != this && within(other.pointer, pointer));
    }

    private static DetailField apart(FieldVerdict verdict, String pointer) {
        Json rendering = verdict.rendering();
        Kind kind = verdict.verdict() == Verdict.ERASED ? Kind.ERASED : rendering != null ? Kind.MASKED : Kind.HIDDEN;
        return new DetailField(
                pointer,
                kind,
                rendering == null ? "" : text(rendering),
                told(verdict.reason()),
                told(verdict.classification()),
                told(verdict.mask()));
    }

    private static void add(List<DetailField> fields, String pointer, Json value, List<FieldVerdict> verdicts) {
        if (value instanceof Json.Obj object && !object.members().isEmpty()) {
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                add(fields, pointer + "/" + escaped(member.getKey()), member.getValue(), verdicts);
            }
            return;
        }
        Optional<FieldVerdict> disclosed = verdicts.stream()
                .filter(each -> each.verdict() == Verdict.PRESENT && within(pointer, told(each.pointer())))
                .findFirst();
        fields.add(new DetailField(
                pointer,
                disclosed.isPresent() ? Kind.DISCLOSED : Kind.CLEAR,
                text(value),
                "",
                disclosed.map(each -> told(each.classification())).orElse(""),
                ""));
    }

    private static boolean within(String pointer, String other) {
        return !other.isEmpty() && (pointer.equals(other) || pointer.startsWith(other + "/"));
    }

    private static String text(Json value) {
        return value instanceof Json.Text text ? text.value() : Json.write(value);
    }

    private static String told(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
