package io.strongroom.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuidePagesTest {
    private static final Path GUIDE = Path.of("../docs/guide-console.md");
    private static final Pattern ADDRESS = Pattern.compile("(?:href|src|srcset)=\"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    void allThatTheGuideShowsIsInItsFolder() throws IOException {
        new GuidePages(GUIDE).write(folder);

        String page = Files.readString(folder.resolve("index.html"));
        Matcher address = ADDRESS.matcher(page);
        int pictures = 0;
        while (address.find()) {
            String to = address.group(1);
            if (to.startsWith("#")) {
                assertThat(page).contains("id=\"" + to.substring(1) + "\"");
            } else {
                assertThat(folder.resolve(to)).isRegularFile();
                pictures++;
            }
        }
        assertThat(pictures).isGreaterThan(30);
        assertThat(page).contains("<a href=\"#audit-explorer\">Audit explorer</a>", "prefers-color-scheme: dark");
    }

    @Test
    void ofALinkToAnotherGuideItsWordsStay() throws IOException {
        Path written = Files.writeString(folder.resolve("a.md"), "# A\n\nSee [*the* other](guide.md#x), [here](#a).\n");

        new GuidePages(written).write(folder.resolve("out"));

        assertThat(Files.readString(folder.resolve("out/index.html")))
                .contains("<p>See <em>the</em> other, <a href=\"#a\">here</a>.</p>");
    }

    @Test
    void aPictureThatIsMissingOrElsewhereIsRefused() throws IOException {
        for (String wrong : new String[] {"pictures/none.png", "../a.md"}) {
            Path written = Files.writeString(folder.resolve("a.md"), "<img src=\"" + wrong + "\">\n");
            assertThatThrownBy(() -> new GuidePages(written).write(folder.resolve("out")))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining(wrong);
        }
    }
}
