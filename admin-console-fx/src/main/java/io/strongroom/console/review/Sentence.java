package io.strongroom.console.review;

import io.strongroom.api.PolicyProposal;
import io.strongroom.api.json.Json;
import io.strongroom.policies.diff.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a proposal decides otherwise, in the language of the window; in English where the appliance tells it only so. */
final class Sentence {
    private Sentence() {}

    static String of(PolicyProposal.Change change, Locale locale) {
        return Optional.ofNullable(change.told())
                .flatMap(Sentence::phrase)
                .map(phrase -> phrase.in(locale))
                .orElse(change.sentence());
    }

    /** Empty where any of it is of a kind that a later version has. */
    private static Optional<Phrase> phrase(Json told) {
        return switch (told) {
            case Json.Text name -> Optional.of(Phrase.name(name.value()));
            case Json.Arr parts -> phrase(parts.items());
            default -> Optional.empty();
        };
    }

    private static Optional<Phrase> phrase(List<Json> parts) {
        if (parts.isEmpty() || !(parts.getFirst() instanceof Json.Text kind)) {
            return Optional.empty();
        }
        List<Phrase> about = new ArrayList<>();
        for (Json part : parts.subList(1, parts.size())) {
            Optional<Phrase> known = phrase(part);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            about.add(known.get());
        }
        return Phrase.read(kind.value(), about);
    }
}
