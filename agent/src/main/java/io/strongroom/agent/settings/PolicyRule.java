package io.strongroom.agent.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How policy may set a setting: whether a collector runs, how often it looks, how much it takes. Which files are read and
 * which programs are run is never policy's to say.
 */
enum PolicyRule {
    /** Off takes less than on. */
    ENABLED {
        @Override
        boolean isUsable(String said) {
            return said.equals("true") || said.equals("false");
        }

        @Override
        String lesser(String one, String other) {
            return one.equals("false") ? one : other;
        }
    },
    /** Seldom takes less than often. */
    EVERY {
        @Override
        boolean isUsable(String said) {
            return said.matches("[1-9]\\d{0,5}");
        }

        @Override
        String lesser(String one, String other) {
            return Integer.parseInt(one) >= Integer.parseInt(other) ? one : other;
        }
    },
    /** Few take less than many. */
    PER_SECOND {
        @Override
        boolean isUsable(String said) {
            return EVERY.isUsable(said);
        }

        @Override
        String lesser(String one, String other) {
            return Integer.parseInt(one) <= Integer.parseInt(other) ? one : other;
        }
    };

    static Optional<PolicyRule> of(Setting setting) {
        String key = setting.key();
        if (!key.startsWith("collect.")) {
            return Optional.empty();
        }
        return key.endsWith(".enabled")
                ? Optional.of(ENABLED)
                : key.endsWith(".every-seconds")
                        ? Optional.of(EVERY)
                        : key.endsWith(".lines-per-second") ? Optional.of(PER_SECOND) : Optional.empty();
    }

    abstract boolean isUsable(String said);

    abstract String lesser(String one, String other);

    /** What holds of what this machine's own file says, if it does, and what policy says. */
    String less(@Nullable String own, String said) {
        return own == null ? said : lesser(own, said);
    }
}
