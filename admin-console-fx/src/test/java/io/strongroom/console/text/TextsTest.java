package io.strongroom.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.api.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path SOURCES = Path.of("src/main");
    private static final Pattern IN_SCREENS = Pattern.compile("\"%([A-Za-z0-9.]+)\"");
    private static final Pattern IN_CODE = Pattern.compile("texts\\.get\\(\\s*\"([A-Za-z0-9.]+[A-Za-z0-9])\"[,)]");
    private static final Pattern GAP = Pattern.compile("\\{([0-9])");

    private static final Texts ENGLISH = Texts.in(Locale.ENGLISH);
    private static final Texts GERMAN = Texts.in(Locale.GERMAN);

    @Test
    void everyTextIsThereInBothLanguages() {
        assertThat(GERMAN.bundle().keySet()).isEqualTo(ENGLISH.bundle().keySet());
        Set<String> own = new TreeSet<>();
        for (String key : ENGLISH.bundle().keySet()) {
            if (GERMAN.bundle().getString(key).isBlank()) {
                own.add(key);
            }
            assertThat(gaps(GERMAN.bundle().getString(key)))
                    .as(key)
                    .isEqualTo(gaps(ENGLISH.bundle().getString(key)));
        }
        assertThat(own).isEmpty();
        assertThat(GERMAN.get("cancel")).isEqualTo("Abbrechen");
        assertThat(ENGLISH.get("cancel")).isEqualTo("Cancel");
    }

    /** Of two with one key, the one that stands later would be shown, whichever was meant. */
    @Test
    void noTextIsThereTwice() throws IOException {
        for (String file : new String[] {"texts.properties", "texts_de.properties", "problems_de.properties"}) {
            Path path = SOURCES.resolve("resources/io/strongroom/console/text").resolve(file);
            assertThat(Files.readAllLines(path).stream()
                            .filter(line -> line.contains("=") && !line.startsWith("#"))
                            .map(line -> line.substring(0, line.indexOf('=')).strip()))
                    .as(file)
                    .hasSizeGreaterThan(20)
                    .doesNotHaveDuplicates();
        }
    }

    /** As the appliance calls them; Today and Incidents say the same words. */
    @Test
    void everyRuleOfIncidentsHasAName() {
        for (String rule : new String[] {
            "heartbeat-missed",
            "disk-filling",
            "crash-rate",
            "deployment-failed",
            "outlier",
            "clock-jump",
            "gap",
            "copied-key"
        }) {
            assertThat(ENGLISH.get("incidents.rule." + rule)).as(rule).isNotBlank();
        }
    }

    @Test
    void everyProblemOfTheAppliancesAndWhatToDoIsSaidInGermanToo() {
        for (ProblemType each : ProblemType.values()) {
            assertThat(GERMAN.problem(each.code(), "")).as(each.code()).isNotBlank();
            assertThat(GERMAN.remedy(each.code(), "")).as(each.code()).isNotBlank();
            assertThat(ENGLISH.problem(each.code(), each.title())).isEqualTo(each.title());
        }
        assertThat(GERMAN.problem("of-a-later-appliance", "As it says")).isEqualTo("As it says");
    }

    @Test
    void aLanguageThatWeDoNotSpeakIsAnsweredInEnglish() {
        assertThat(Texts.in(Locale.forLanguageTag("fi")).get("cancel")).isEqualTo("Cancel");
    }

    @Test
    void everyKeyThatScreensAndCodeNameIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".fxml")) {
                    named.addAll(found(IN_SCREENS, Files.readString(file)));
                } else if (file.toString().endsWith(".java")) {
                    named.addAll(found(IN_CODE, Files.readString(file)));
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(ENGLISH.bundle().keySet()).containsAll(named);
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Set<String> gaps(String text) {
        return found(GAP, text);
    }
}
