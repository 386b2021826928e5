package io.strongroom.console;

import io.strongroom.console.look.Look;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Pictures of a window: in both themes, and at each size that it is looked at. Those that the guide shows are kept apart, and
 * small.
 */
final class Album {
    /** The guide as it is written. */
    static final Path GUIDE = Path.of("../docs/guide-console.md");

    private static final Path ALL = Path.of("target/guide");
    private static final Pattern PICTURE = Pattern.compile("pictures/([a-z-]+\\.png)");

    /** A window, and so many pixels to one of its units. */
    private enum Size {
        SMALL(1280, 800, 1),
        LARGE(1920, 1080, 1),
        SCALED(1280, 720, 1.5);

        private final double width;
        private final double height;
        private final double scale;

        Size(double width, double height, double scale) {
            this.width = width;
            this.height = height;
            this.scale = scale;
        }
    }

    private final FxRobot robot;
    private final Window window;
    private final Locale language;
    private final Path pictures;
    private final Set<String> wanted = named();

    /** @param pictures where those of the guide go */
    Album(FxRobot robot, Window window, Locale language, Path pictures) {
        this.robot = robot;
        this.window = window;
        this.language = language;
        this.pictures = pictures;
    }

    /** Those that the guide shows. */
    static Set<String> named() {
        try {
            Set<String> named = new TreeSet<>();
            Matcher found = PICTURE.matcher(Files.readString(GUIDE));
            while (found.find()) {
                named.add(found.group(1));
            }
            return named;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what is on screen now. */
    void take(String name) {
        for (Look.Theme theme : new Look.Theme[] {Look.Theme.DARK, Look.Theme.LIGHT}) {
            robot.interact(() -> window.look.theme().set(theme));
            WaitForAsyncUtils.waitForFxEvents();
            String file = name + "-" + theme.name().toLowerCase(Locale.ROOT) + ".png";
            for (Size size : Size.values()) {
                BufferedImage picture = window.taken(robot, size.width, size.height, size.scale);
                Window.save(
                        picture,
                        ALL.resolve(language.getLanguage())
                                .resolve(size.name().toLowerCase(Locale.ROOT))
                                .resolve(file));
                if (size == Size.SMALL && language.equals(Locale.ENGLISH) && wanted.contains(file)) {
                    guide(picture, file);
                }
            }
        }
    }

    private void guide(BufferedImage picture, String file) {
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(file), SmallPicture.of(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
