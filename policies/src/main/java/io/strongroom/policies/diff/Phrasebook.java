package io.strongroom.policies.diff;

import io.strongroom.policies.diff.Phrase.Kind;
import io.strongroom.policies.diff.Phrase.Told;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which words each kind of phrase is told in one language: {@code {0}} stands for the first thing that it is about. */
final class Phrasebook {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    private static final Phrasebook ENGLISH = new Phrasebook("phrases.properties");
    private static final Phrasebook GERMAN = new Phrasebook("phrases_de.properties");

    private final Map<Kind, String> words = new EnumMap<>(Kind.class);

    private Phrasebook(String file) {
        Properties read = new Properties();
        try (InputStream in = Objects.requireNonNull(Phrasebook.class.getResourceAsStream(file), file);
                Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            read.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Kind kind : Kind.values()) {
            words.put(kind, Objects.requireNonNull(read.getProperty(kind.wire()), kind.wire()));
        }
    }

    static Phrasebook in(Locale locale) {
        return locale.getLanguage().equals(Locale.GERMAN.getLanguage()) ? GERMAN : ENGLISH;
    }

    String words(Kind kind) {
        return Objects.requireNonNull(words.get(kind));
    }

    String tell(Told told) {
        List<String> about = told.about().stream().map(this::tell).toList();
        return told.kind().joins()
                ? about.stream()
                        .reduce((before, next) -> filled(told.kind(), List.of(before, next)))
                        .orElse("")
                : filled(told.kind(), about);
    }

    private String tell(Phrase phrase) {
        return switch (phrase) {
            case Phrase.Name name -> name.text();
            case Told told -> tell(told);
        };
    }

    private String filled(Kind kind, List<String> about) {
        return PLACE.matcher(words(kind))
                .replaceAll(place -> Matcher.quoteReplacement(about.get(Integer.parseInt(place.group(1)))));
    }
}
