package io.strongroom.api.officer;

import java.nio.file.Path;

/** Where whoever runs this program keeps what they need as an officer. */
public final class OfficerFolder {
    private OfficerFolder() {}

    /**
     * {@code STRONGROOM_OFFICER_HOME}, or {@code strongroom} under {@code XDG_CONFIG_HOME}, or {@code
     * ~/.config/strongroom}.
     */
    public static Path current() {
        String named = System.getenv("STRONGROOM_OFFICER_HOME");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        String configuration = System.getenv("XDG_CONFIG_HOME");
        Path base = configuration == null || configuration.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(configuration);
        return base.resolve("strongroom");
    }

    /** The officer's keys in such a folder. */
    public static OfficerKeyFiles keys(Path folder) {
        return new OfficerKeyFiles(folder.resolve("keys"));
    }
}
