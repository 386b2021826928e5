package io.strongroom.console.shell;

import io.strongroom.console.text.Texts;

/** What an appliance is there for, as its officers said: a word and a colour, so that nobody mistakes one for another. */
public enum Environment {
    PRODUCTION,
    TEST,
    DEMONSTRATION;

    String style() {
        return "environment-" + name().toLowerCase(java.util.Locale.ROOT);
    }

    String word(Texts texts) {
        return texts.get("environment." + name());
    }
}
