package io.strongroom.console.look;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** The theme in use: light, dark, or as the system has it. */
public final class Look {
    /** What one chose. */
    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }

    private static final String FONTS = "/META-INF/resources/webjars/";
    private static final List<String> FACES = List.of(
            "fontsource__source-sans-pro/5.2.5/files/source-sans-pro-latin-400-normal.woff",
            "fontsource__source-sans-pro/5.2.5/files/source-sans-pro-latin-600-normal.woff",
            "fontsource__source-sans-pro/5.2.5/files/source-sans-pro-latin-700-normal.woff",
            "fontsource__jetbrains-mono/4.5.11/files/jetbrains-mono-latin-400-normal.woff");
    private static final double ANY_SIZE = 14;
    private static final String SHEET = "/io/strongroom/console/look/look.css";

    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.SYSTEM);

    // What the system says outlives all windows, and must not keep them.
    private final InvalidationListener following = changed -> apply();

    private Runnable beforeChange = () -> {};

    /** Puts fonts and theme in place, for the whole process. */
    public Look() {
        for (String face : FACES) {
            try (InputStream font = Look.class.getResourceAsStream(FONTS + face)) {
                Font.loadFont(Objects.requireNonNull(font, face), ANY_SIZE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Platform.getPreferences().colorSchemeProperty().addListener(new WeakInvalidationListener(following));
        theme.addListener(changed -> apply());
        apply();
    }

    public ObjectProperty<Theme> theme() {
        return theme;
    }

    /** Whether it is dark now, whoever chose that. */
    public boolean dark() {
        return switch (theme.get()) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    /** Does something each time before all that is in a window is styled anew. */
    public void beforeChange(Runnable work) {
        beforeChange = work;
    }

    private void apply() {
        beforeChange.run();
        Application.setUserAgentStylesheet(
                dark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    /** What a scene needs to look like ours; it keeps this as long as it is there itself. */
    public void dress(Scene scene) {
        scene.getProperties().put(Look.class, this);
        scene.getStylesheets().add(SHEET);
    }
}
