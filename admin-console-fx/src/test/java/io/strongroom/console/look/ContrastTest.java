package io.strongroom.console.look;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written can be read: WCAG 2.2 AA, in both themes, for every colour that our style sheet writes in. */
class ContrastTest {
    private static final double TEXT = 4.5;
    private static final double SIGN = 3;

    private static final List<String> GROUNDS = List.of("bg-default", "bg-subtle", "bg-inset");

    /** In a list that has the keyboard, and in others. */
    private static final List<String> SELECTED_ROWS = List.of("accent-subtle", "cell-bg-selected");

    /** The colours of verdicts; each also on a ground of its own kind. */
    private static final List<String> KINDS = List.of("accent", "success", "danger", "warning");

    private static final Pattern WRITTEN =
            Pattern.compile("-fx-(?:text-fill|fill|prompt-text-fill|tick-label-fill): -color-([a-z-]+)");
    private static final Pattern VARIABLE = Pattern.compile("-color-([a-z0-9-]+):\\s*([^;]+);");
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");

    private static Stream<Map<String, String>> themes() throws IOException {
        return Stream.of(
                variables(new PrimerLight().getUserAgentStylesheet()),
                variables(new PrimerDark().getUserAgentStylesheet()));
    }

    @ParameterizedTest
    @MethodSource("themes")
    void textCanBeReadOnEveryGround(Map<String, String> theme) {
        for (String ground : GROUNDS) {
            for (String text :
                    List.of("fg-default", "fg-muted", "accent-fg", "success-fg", "danger-fg", "warning-fg")) {
                assertContrast(theme, text, ground, TEXT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void aVerdictCanBeReadOnItsOwnGround(Map<String, String> theme) {
        for (String kind : KINDS) {
            assertContrast(theme, kind + "-fg", kind + "-subtle", TEXT);
            assertContrast(theme, "fg-default", kind + "-subtle", TEXT);
            assertContrast(theme, "fg-muted", kind + "-subtle", TEXT);
        }
        assertContrast(theme, "fg-emphasis", "accent-emphasis", TEXT);
    }

    @ParameterizedTest
    @MethodSource("themes")
    void whatIsChosenCanBeReadAndItsSignsSeen(Map<String, String> theme) {
        for (String row : SELECTED_ROWS) {
            assertContrast(theme, "fg-default", row, TEXT);
            assertContrast(theme, "fg-muted", row, SIGN);
            for (String kind : KINDS) {
                assertContrast(theme, kind + "-fg", row, SIGN);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("themes")
    void whereTheKeyboardIsCanBeSeen(Map<String, String> theme) {
        for (String ground : GROUNDS) {
            assertContrast(theme, "accent-emphasis", ground, SIGN);
        }
    }

    /** A colour that somebody writes in from now on is to be among those that are compared here. */
    @ParameterizedTest
    @MethodSource("themes")
    void nothingIsWrittenInAnotherColour(Map<String, String> theme) throws IOException {
        TreeSet<String> written = new TreeSet<>();
        Matcher found = WRITTEN.matcher(read("/io/strongroom/console/look/look.css"));
        while (found.find()) {
            written.add(found.group(1));
        }
        assertThat(written)
                .isNotEmpty()
                .isSubsetOf(
                        "fg-default",
                        "fg-muted",
                        "fg-emphasis",
                        "accent-fg",
                        "success-fg",
                        "danger-fg",
                        "warning-fg",
                        // The selection of the editor, behind its text.
                        "accent-muted");
        assertContrast(theme, "fg-default", "accent-muted", TEXT);
    }

    private static void assertContrast(Map<String, String> theme, String text, String ground, double least) {
        Color page = colour(theme, "bg-default", Color.WHITE);
        Color behind = colour(theme, ground, page);
        assertThat(contrast(colour(theme, text, behind), behind))
                .as("%s on %s", text, ground)
                .isGreaterThanOrEqualTo(least);
    }

    private static Color colour(Map<String, String> theme, String name, Color behind) {
        String value = Objects.requireNonNull(theme.get(name), name);
        if (value.startsWith("-color-")) {
            return colour(theme, value.substring("-color-".length()), behind);
        }
        if (value.startsWith("#")) {
            return Color.web(value);
        }
        double[] parts = NUMBER.matcher(value)
                .results()
                .mapToDouble(part -> Double.parseDouble(part.group()))
                .toArray();
        Color over = Color.rgb((int) parts[0], (int) parts[1], (int) parts[2]);
        return behind.interpolate(over, parts.length > 3 ? parts[3] : 1);
    }

    private static double contrast(Color one, Color other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    /** Those of the theme's root; what a control calls by the same name comes after them. */
    private static Map<String, String> variables(String sheet) throws IOException {
        Map<String, String> variables = new HashMap<>();
        Matcher found = VARIABLE.matcher(read(sheet.replaceFirst("\\.bss$", ".css")));
        while (found.find()) {
            variables.putIfAbsent(found.group(1), found.group(2).strip());
        }
        return variables;
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = ContrastTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
