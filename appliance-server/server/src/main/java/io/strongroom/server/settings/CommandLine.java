package io.strongroom.server.settings;

import io.strongroom.server.settings.StartRefusedException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for, together with the environment and the configuration file.
 *
 * @param data the data directory
 * @param settings everything else
 */
public record CommandLine(Path data, Settings settings) {
    /** How to call the program. */
    public static final String USAGE = """
            strongroom server --data DIR [options]
              --data DIR              where the installation keeps its keys, its log and its files
              --port N                port to listen on (8443; 0 for any free one)
              --host H                address to listen on (127.0.0.1)
              --name FQDN             host name that clients use
              --tenant T              the one tenant; fixed at the first start
              --postgres              start a PostgreSQL of the appliance's own, for trying out
              --database-url URL      jdbc:postgresql://…
              --database-owner ROLE   the role that owns the tables (strongroom_owner)
              --object-store WHERE    folder, or s3:https://host/bucket
              --config FILE           configuration (DIR/strongroom.yml)
              --set KEY=VALUE         any key of the configuration
            Passwords come from the configuration file or the environment, never from here.
            """;

    /**
     * @throws StartRefusedException if an option or key is not known, or lacks its value
     */
    public static CommandLine parse(String[] arguments, Map<String, String> environment) {
        Path data = null;
        Path config = null;
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        for (int i = 0; i < arguments.length; i++) {
            String option = arguments[i];
            if (option.equals("--postgres")) {
                given.put(Setting.DATABASE_BUNDLED, "true");
                continue;
            }
            String value = i + 1 < arguments.length ? arguments[i + 1] : null;
            i++;
            switch (option) {
                case "--data" -> data = Path.of(valueOf(option, value));
                case "--config" -> config = Path.of(valueOf(option, value));
                case "--set" -> set(valueOf(option, value), given);
                default -> given.put(settingOf(option), valueOf(option, value));
            }
        }
        if (data == null) {
            throw new StartRefusedException(Reason.USAGE, "Give the data directory as --data DIR.");
        }
        Map<Setting, String> all = fromFile(data, config);
        all.putAll(fromEnvironment(environment));
        all.putAll(given);
        return new CommandLine(data, new Settings(all));
    }

    private static Setting settingOf(String option) {
        return switch (option) {
            case "--port" -> Setting.SERVER_PORT;
            case "--host" -> Setting.SERVER_HOST;
            case "--name" -> Setting.SERVER_NAME;
            case "--tenant" -> Setting.TENANT;
            case "--database-url" -> Setting.DATABASE_URL;
            case "--database-owner" -> Setting.DATABASE_OWNER;
            case "--object-store" -> Setting.OBJECTS_LOCATION;
            default ->
                throw new StartRefusedException(
                        Reason.USAGE, "The option “" + option + "” is not known. --help lists those that are.");
        };
    }

    private static String valueOf(String option, @Nullable String value) {
        if (value == null) {
            throw new StartRefusedException(Reason.USAGE, "The option " + option + " needs a value.");
        }
        return value;
    }

    private static void set(String pair, Map<Setting, String> given) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new StartRefusedException(Reason.USAGE, "--set needs KEY=VALUE, but got “" + pair + "”.");
        }
        given.put(SettingsFile.known(pair.substring(0, equals), "--set"), pair.substring(equals + 1));
    }

    private static Map<Setting, String> fromFile(Path data, @Nullable Path config) {
        Path file = config != null ? config : data.resolve("strongroom.yml");
        if (config == null && !Files.exists(file)) {
            return new EnumMap<>(Setting.class);
        }
        return SettingsFile.read(file);
    }

    private static Map<Setting, String> fromEnvironment(Map<String, String> environment) {
        Map<Setting, String> found = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.variable());
            if (value != null) {
                found.put(setting, value);
            }
        }
        return found;
    }
}
