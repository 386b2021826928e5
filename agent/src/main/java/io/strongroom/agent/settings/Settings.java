package io.strongroom.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** What {@code agent.yml} says: nested or dotted keys, plain values or lists of them, nothing that is not a {@link Setting}. */
public final class Settings {
    private static final int MOST_CODE_POINTS = 64 * 1024;
    private static final int MOST_SECONDS = 7 * 24 * 3600;

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = values;
    }

    /** Everything as it is by itself. */
    public static Settings standard() {
        return new Settings(new EnumMap<>(Setting.class));
    }

    /**
     * Reads the file; where there is none, everything is as it is by itself.
     *
     * @throws SettingsException if it cannot be used
     */
    public static Settings read(Path file) {
        Map<Setting, String> found = new EnumMap<>(Setting.class);
        if (Files.exists(file)) {
            LoadSettings options = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .setCodePointLimit(MOST_CODE_POINTS)
                    .build();
            try {
                Object document = new Load(options).loadFromString(Files.readString(file));
                if (document != null) {
                    take(file, "", document, found);
                }
            } catch (YamlEngineException e) {
                String reason = String.valueOf(e.getMessage())
                        .replaceAll("\\s*\\R\\s*", " ")
                        .strip();
                throw new SettingsException("The file " + file + " is not YAML: " + reason, e);
            } catch (IOException e) {
                throw new SettingsException("The file " + file + " cannot be read: " + e, e);
            }
        }
        Settings settings = new Settings(found);
        settings.check();
        return settings;
    }

    /**
     * These, and what policy says beside: a setting that this file does not name is policy's to say, and of one that both name
     * whatever takes less from this machine holds.
     *
     * @param policy by key; a key that policy may not set, or a value that cannot be used, is passed over
     */
    public Settings under(Map<String, String> policy) {
        Map<Setting, String> both = new EnumMap<>(Setting.class);
        both.putAll(values);
        policy.forEach((key, said) -> Setting.ofKey(key)
                .flatMap(setting -> PolicyRule.of(setting)
                        .filter(rule -> rule.isUsable(said))
                        .map(rule -> Map.entry(setting, rule.less(values.get(setting), said))))
                .ifPresent(held -> both.put(held.getKey(), held.getValue())));
        return new Settings(both);
    }

    private static void take(Path file, String key, @Nullable Object value, Map<Setting, String> found) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> take(file, key.isEmpty() ? "" + name : key + "." + name, inner, found));
            return;
        }
        Setting setting = Setting.ofKey(key)
                .orElseThrow(() -> new SettingsException("The configuration key “" + key + "” (" + file
                        + ") is not known. Did you mean “" + Setting.nearest(key) + "”?"));
        String text = text(value);
        if (text == null) {
            throw new SettingsException(
                    "The key " + key + " in " + file + " must have a plain value: " + setting.meaning() + ".");
        }
        if (found.put(setting, text) != null) {
            throw new SettingsException("The key " + key + " stands twice in " + file + ".");
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(each -> each == null || each instanceof Iterable || each instanceof Map)
                    ? null
                    : list.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value == null || value instanceof Iterable ? null : value.toString();
    }

    /** Whatever is wrong is told at the start, not when it is first needed. */
    private void check() {
        for (Setting setting : Setting.values()) {
            String standard = setting.standard();
            if (standard.equals("true") || standard.equals("false")) {
                boolean unused = flag(setting);
            } else if (standard.matches("\\d+")) {
                int unused = number(setting);
            }
        }
        choice(Setting.TRANSPORT, "auto", "https", "mqtt");
        choice(Setting.LOGS_MULTI_LINE, "indented", "none");
        choice(Setting.LOGS_BEGIN, "start", "end");
    }

    private void choice(Setting setting, String... choices) {
        if (!Arrays.asList(choices).contains(text(setting))) {
            throw new SettingsException("The setting " + setting.key() + " must be " + String.join(" or ", choices)
                    + ", but is “" + text(setting) + "”.");
        }
    }

    public String text(Setting setting) {
        return values.getOrDefault(setting, setting.standard());
    }

    /** What stands between commas. */
    public List<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    public boolean flag(Setting setting) {
        return switch (text(setting)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new SettingsException(
                        "The setting " + setting.key() + " must be true or false, but is “" + text(setting) + "”.");
        };
    }

    /** From 1 up. */
    public int number(Setting setting) {
        String text = text(setting);
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with the range.
        }
        throw new SettingsException(
                "The setting " + setting.key() + " must be a number from 1 up, but is “" + text + "”.");
    }

    /** A number of seconds; a week at most. */
    public Duration seconds(Setting setting) {
        return Duration.ofSeconds(Math.min(MOST_SECONDS, number(setting)));
    }
}
