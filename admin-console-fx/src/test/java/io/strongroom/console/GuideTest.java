package io.strongroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Start
    private void start(Stage stage) {
        window = Window.ofAllScreens(stage, home);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void everyScreenHasAPictureInTheGuide() throws IOException {
        assertThat(Album.named())
                .containsAll(window.screens().stream()
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
        BufferedImage drawn = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 64; y++) {
                // Shades of grey, as around letters, and one point of another colour.
                drawn.setRGB(x, y, x == 7 && y == 9 ? 0xffcf222e : 0xff000000 | 0x010101 * (x + 3 * y));
            }
        }
        BufferedImage small = ImageIO.read(new ByteArrayInputStream(SmallPicture.of(drawn)));
        assertThat(small.getRGB(7, 9)).isEqualTo(0xffcf222e);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 64; y++) {
                int before = drawn.getRGB(x, y) & 0xff;
                assertThat(small.getRGB(x, y) & 0xff).isBetween(before - 10, before + 10);
            }
        }
    }
}
