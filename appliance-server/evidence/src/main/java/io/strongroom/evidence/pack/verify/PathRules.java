package io.strongroom.evidence.pack.verify;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which names of files a pack may have, so that it unpacks to the same files everywhere, and nowhere else. */
final class PathRules {
    private final Map<String, String> alike = new HashMap<>();
    private final Set<String> folders = new HashSet<>();

    /** Takes the next path, relative, with slashes. */
    void take(String path) throws RefusedException {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
            throw new RefusedException(path, "a relative path of a file", "an absolute path or a folder");
        }
        if (path.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == ':' || c == '~')) {
            throw new RefusedException(path, "a plain name", "a control character, backslash, colon or tilde in it");
        }
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new RefusedException(path, "a path that stays in the pack", "an empty, . or .. step in it");
            }
        }
        if (path.equalsIgnoreCase("fetch.txt")) {
            throw new RefusedException(path, "all files in the pack", "a list of files to fetch from elsewhere");
        }
        String key = key(path);
        String other = alike.putIfAbsent(key, path);
        if (other != null) {
            throw new RefusedException(
                    path,
                    "names that differ",
                    other.equals(path) ? "the same name twice" : "the name " + other + ", alike but for case or form");
        }
        for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
            folders.add(key.substring(0, slash));
        }
    }

    /** After the last path. */
    void end() throws RefusedException {
        for (String folder : folders) {
            String file = alike.get(folder);
            if (file != null) {
                throw new RefusedException(file, "a file or a folder", "both under one name");
            }
        }
    }

    private static String key(String path) {
        return normal(normal(path).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
    }

    /** Most names are ASCII, which is normal as it is; the tables for all others take a while to load. */
    private static String normal(String name) {
        return name.chars().allMatch(c -> c < 0x80) ? name : Normalizer.normalize(name, Normalizer.Form.NFKC);
    }
}
