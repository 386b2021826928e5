package io.strongroom.agent.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads files of a bundle, as strictly as the appliance that took them: no member twice, no aliases. */
final class Yaml {
    private static final int MOST_CODE_POINTS = 1 << 20;

    private Yaml() {}

    /**
     * The mappings in the one list of a file.
     *
     * @throws IllegalArgumentException if it is not such a file
     */
    static List<Map<?, ?>> list(String text, String member) {
        LoadSettings strict = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MOST_CODE_POINTS)
                .build();
        try {
            return items(map(new Load(strict).loadFromString(text)).get(member)).stream()
                    .<Map<?, ?>>map(Yaml::map)
                    .toList();
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("it is not YAML", e);
        }
    }

    static Map<?, ?> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException("something in it is no mapping");
    }

    static List<?> items(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("something in it is no list");
    }

    /** The texts of a list. */
    static List<String> texts(@Nullable Object value) {
        return items(value).stream().map(Yaml::text).toList();
    }

    static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("something in it is no text");
    }
}
