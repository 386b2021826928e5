package io.strongroom.policies.check;

import io.strongroom.evidence.field.JsonPointer;
import io.strongroom.policies.Fault;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.Bundle.FieldRule;
import io.strongroom.policies.pattern.FieldPattern;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of fields that read as another: a name is compared letter by letter, so a rule about {@code /attributes/email} with
 * a Cyrillic е, or about an é of two characters, is about no field that anybody sends, and hides nothing. There are
 * reasons to write such a name, as that records have it; so they are told and not refused.
 */
final class FieldNames {
    /** What is written together in one language beside Latin (Unicode TS 39 §5.2, highly restrictive). */
    private static final List<Set<UnicodeScript>> TOGETHER = List.of(
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private FieldNames() {}

    /** What a reader of the bundle may take for something else, by file and line. */
    static List<Fault> warnings(Bundle bundle) {
        List<Fault> warnings = new ArrayList<>();
        bundle.fieldRules()
                .forEach(rule -> Stream.concat(rule.fields().fields().stream(), rule.fields().except().stream())
                        .forEach(field -> warning(rule, field).ifPresent(warnings::add)));
        return warnings.stream().distinct().sorted().toList();
    }

    private static Optional<Fault> warning(FieldRule rule, FieldPattern field) {
        for (String name : JsonPointer.parse(field.toString()).tokens()) {
            String reason = reason(name);
            if (!reason.isEmpty()) {
                return Optional.of(new Fault(
                        rule.id().file(),
                        rule.id().line(),
                        "the field " + field + " has a name that " + reason,
                        "names are compared letter by letter: copy it from a record"));
            }
        }
        return Optional.empty();
    }

    private static String reason(String name) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        name.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN));
        if (scripts.size() > 1 && TOGETHER.stream().noneMatch(together -> together.containsAll(scripts))) {
            return "mixes " + scripts.stream().map(UnicodeScript::name).collect(Collectors.joining(" and "))
                    + " letters (" + codes(name) + ")";
        }
        return Normalizer.isNormalized(name, Normalizer.Form.NFC)
                ? ""
                : "is not in Unicode's normal form C (" + codes(name) + ")";
    }

    /** The letters that a terminal, or an eye, may not tell from others. */
    private static String codes(String name) {
        return name.codePoints()
                .filter(c -> c > '~')
                .mapToObj(c -> String.format("U+%04X", c))
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
