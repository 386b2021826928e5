package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.strongroom.console.desk.Screen;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What the officers' guide shows is there, and it leaves no screen out. The profile {@code guide} takes its pictures anew. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // what the stage starts with
class GuideTest {
    @TempDir
    Path home;

    private Window window;
    private List<Screen> screens;

    @Start
    private void start(Stage stage) {
        window = new Window(
                stage,
                desk -> {
                    screens = ConsoleScreens.of(desk, home);
                    return screens;
                },
                null,
                Locale.ENGLISH,
                home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void everyScreenHasAPictureInTheGuide() throws IOException {
        assertThat(Album.named())
                .containsAll(screens.stream()
                        .flatMap(screen -> List.of(screen.id() + "-light.png", screen.id() + "-dark.png").stream())
                        .toList());
    }

    @Test
    void everyPictureOfTheGuideIsThereAndNotTooLarge() throws IOException {
        long bytes = 0;
        for (String name : Album.named()) {
            Path file = Album.GUIDE.resolveSibling("pictures").resolve(name);
            assertThat(file).exists();
            BufferedImage picture = ImageIO.read(file.toFile());
            assertThat(picture.getWidth()).as(name).isEqualTo(1280);
            assertThat(picture.getHeight()).as(name).isEqualTo(800);
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThan(3_000_000);
    }

    @Test
    void aSmallPictureIsTheSameToTheEye() throws IOException {
        BufferedImage drawn = new BufferedImage(64, 32, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 32; y++) {
                drawn.setRGB(x, y, 0xff000000 | x * 4 << 16 | y * 8 << 8 | (x == 7 && y == 9 ? 255 : 0));
            }
        }
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(SmallPicture.of(drawn)));
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 32; y++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    assertThat(small.getRGB(x, y) >> shift & 0xff)
                            .isBetween(
                                    (drawn.getRGB(x, y) >> shift & 0xff) - 24,
                                    (drawn.getRGB(x, y) >> shift & 0xff) + 24);
                }
            }
        }
    }
}
