package io.strongroom.server.settings;

import io.strongroom.server.settings.StartRefusedException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is set, from the command line, the environment, and {@code strongroom.yml}, in this order of rank. */
public final class Settings {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private final Map<Setting, String> values;

    public Settings(Map<Setting, String> values) {
        this.values = new EnumMap<>(Setting.class);
        this.values.putAll(values);
    }

    /** The value, or the standard one; empty if there is neither. */
    public Optional<String> find(Setting setting) {
        String value = values.get(setting);
        return Optional.ofNullable(value != null ? value : setting.standard());
    }

    /** Whether an operator set it. */
    public boolean isSet(Setting setting) {
        return values.containsKey(setting);
    }

    /**
     * @throws StartRefusedException if it is not set and has no standard value
     */
    public String text(Setting setting) {
        return find(setting)
                .orElseThrow(() -> new StartRefusedException(
                        Reason.USAGE, "The setting " + setting.key() + " is missing: " + setting.meaning() + "."));
    }

    /**
     * A number in [{@code least}, {@code most}].
     *
     * @throws StartRefusedException if it is none
     */
    public int number(Setting setting, int least, int most) {
        String text = text(setting);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, together with the range.
        }
        throw new StartRefusedException(
                Reason.USAGE,
                "The setting " + setting.key() + " must be a number from " + least + " to " + most + ", but is “" + text
                        + "”.");
    }

    /**
     * An address of HTTP or HTTPS.
     *
     * @throws StartRefusedException if it is none
     */
    public String httpAddress(Setting setting) {
        String text = text(setting);
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return text;
            }
        } catch (URISyntaxException e) {
            // Told below, as any other that is none.
        }
        throw new StartRefusedException(
                Reason.USAGE,
                "The setting " + setting.key() + " must be an address of http or https, but is “" + text + "”: it says "
                        + setting.meaning() + ".");
    }

    /** The largest value that may be uploaded, in bytes: 1 MiB to 64 GiB. */
    public long mostUploadBytes() {
        return (long) number(Setting.UPLOADS_MOST_MIB, 1, 1 << 16) << 20;
    }

    /**
     * @throws StartRefusedException if it is neither true nor false
     */
    public boolean flag(Setting setting) {
        String text = text(setting);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new StartRefusedException(
                        Reason.USAGE,
                        "The setting " + setting.key() + " must be true or false, but is “" + text + "”.");
        };
    }
}
