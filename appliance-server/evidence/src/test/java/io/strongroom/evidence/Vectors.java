package io.strongroom.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other people's test vectors, read from the folder that the system property {@code strongroom.vectors} names. */
public final class Vectors {
    private Vectors() {}

    /** A file or folder of the vectors; the test is skipped where there is none. */
    public static Path path(String name) {
        Path path = Path.of(System.getProperty("strongroom.vectors", "../shared/vectors"), name);
        assumeTrue(Files.exists(path), "skipped: the vectors " + path + " are not on this machine");
        return path;
    }

    public static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** The string value of a member anywhere in a JSON text without escapes in that value. */
    public static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"\\\\]*)\"")
                .matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no member " + name);
        }
        return matcher.group(1);
    }
}
