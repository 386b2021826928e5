package io.strongroom.server.ingest;

import java.util.Locale;

/** How a device's batch came. */
public enum Transport {
    /** The device sent it to its port. */
    HTTPS,
    /** The device published it to the broker. */
    MQTT,
    /** An officer brought it, since the device is let in no more. */
    IMPORT;

    /** As it is told, and stored. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reverse of {@link #word}.
     *
     * @throws IllegalArgumentException if there is none of this word
     */
    static Transport of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
