package io.strongroom.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A guide, as one page for a browser with its pictures beside it: nothing of it is fetched from anywhere. It is light or dark
 * as the system is.
 */
final class GuidePages {
    /** What a browser is given to open. */
    static final String PAGE = "index.html";

    private static final Pattern PICTURE = Pattern.compile("(?:src|srcset)=\"([^\"]*)\"");
    private static final int PART_LEVEL = 2;

    private final Path written;

    /** @param written in Markdown; what its pictures are called is relative to it */
    GuidePages(Path written) {
        this.written = written.toAbsolutePath();
    }

    /**
     * A part of it.
     *
     * @param anchor what a link to it ends in
     */
    private record Part(String anchor, String title) {}

    /** @throws LaunchException if a picture that it shows is not there */
    void write(Path folder) throws IOException {
        Node guide = Parser.builder().build().parse(Files.readString(written));
        withoutLinksElsewhere(guide);
        String html = HtmlRenderer.builder()
                .attributeProviderFactory(context -> (AttributeProvider) GuidePages::anchor)
                .build()
                .render(guide);
        Files.createDirectories(folder);
        copyPictures(html, folder);
        Files.writeString(folder.resolve(PAGE), page(parts(guide), html));
    }

    private static String page(List<Part> parts, String html) throws IOException {
        StringBuilder contents = new StringBuilder();
        for (Part part : parts) {
            contents.append("<a href=\"#%s\">%s</a>\n".formatted(part.anchor(), part.title()));
        }
        try (InputStream frame = GuidePages.class.getResourceAsStream("guide.html")) {
            return new String(Objects.requireNonNull(frame, "guide.html").readAllBytes(), StandardCharsets.UTF_8)
                    .replace("<!-- contents -->", contents)
                    .replace("<!-- guide -->", html);
        }
    }

    /** Other guides are not there where this one is read: of a link to one only its words stay. */
    private static void withoutLinksElsewhere(Node guide) {
        guide.accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                visitChildren(link);
                if (!link.getDestination().startsWith("#")) {
                    for (Node child = link.getFirstChild(); child != null; ) {
                        Node next = child.getNext();
                        link.insertBefore(child);
                        child = next;
                    }
                    link.unlink();
                }
            }
        });
    }

    private static List<Part> parts(Node guide) {
        List<Part> parts = new ArrayList<>();
        guide.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                if (heading.getLevel() == PART_LEVEL) {
                    String title = title(heading);
                    parts.add(new Part(anchor(title), title));
                }
            }
        });
        return parts;
    }

    private static void anchor(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Heading heading) {
            attributes.put("id", anchor(title(heading)));
        }
    }

    private static String title(Heading heading) {
        return TextContentRenderer.builder().build().render(heading).strip();
    }

    /** As where the repository is shown, so that links to parts work in both. */
    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private void copyPictures(String html, Path folder) throws IOException {
        Matcher picture = PICTURE.matcher(html);
        while (picture.find()) {
            Path from = written.resolveSibling(picture.group(1)).normalize();
            Path to = folder.resolve(picture.group(1)).normalize();
            if (!Files.isRegularFile(from) || !to.startsWith(folder)) {
                throw new LaunchException("the guide shows " + picture.group(1) + ", which is not beside " + written);
            }
            Files.createDirectories(Objects.requireNonNull(to.getParent(), "a file in a folder has a parent"));
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
