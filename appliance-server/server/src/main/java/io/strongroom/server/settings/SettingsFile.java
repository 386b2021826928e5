package io.strongroom.server.settings;

import io.strongroom.server.settings.StartRefusedException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code strongroom.yml}: nested or dotted keys, plain values, nothing that is not a {@link Setting}. */
final class SettingsFile {
    private static final int MAX_CODE_POINTS = 64 * 1024;

    private SettingsFile() {}

    static Map<Setting, String> read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setCodePointLimit(MAX_CODE_POINTS);
        Map<Setting, String> found = new EnumMap<>(Setting.class);
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Object document = new Yaml(new SafeConstructor(options)).load(reader);
            if (document != null) {
                take(file, "", document, found);
            }
        } catch (YAMLException e) {
            String reason = String.valueOf(e.getMessage())
                    .replaceAll("\\s*\\R\\s*", " ")
                    .strip();
            throw new StartRefusedException(Reason.USAGE, "The file " + file + " is not YAML: " + reason, e);
        } catch (IOException e) {
            throw new StartRefusedException(Reason.USAGE, "The file " + file + " cannot be read: " + e, e);
        }
        return found;
    }

    private static void take(Path file, String key, @Nullable Object value, Map<Setting, String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> take(file, key.isEmpty() ? "" + name : key + "." + name, inner, found));
            return;
        }
        Setting setting = known(key, file.toString());
        if (value == null || value instanceof Iterable) {
            throw new StartRefusedException(
                    Reason.USAGE,
                    "The key " + key + " in " + file + " must have one plain value: " + setting.meaning() + ".");
        }
        if (found.put(setting, value.toString()) != null) {
            throw new StartRefusedException(Reason.USAGE, "The key " + key + " stands twice in " + file + ".");
        }
    }

    static Setting known(String key, String where) {
        return Setting.ofKey(key)
                .orElseThrow(() -> new StartRefusedException(
                        Reason.USAGE,
                        "The configuration key “" + key + "” (" + where + ") is not known. Did you mean “"
                                + Setting.nearest(key) + "”?"));
    }
}
