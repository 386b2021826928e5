package io.strongroom.console.shell;

import io.strongroom.console.desk.Action;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A line of the palette of commands.
 *
 * @param action what is done; its key is one that counts where one is
 * @param screen what the screen is called that one goes to for it; empty for what is done where one is
 * @param leads whether it does no more than go there, where something has to be chosen first
 */
record Offer(Action action, String screen, boolean leads) {
    private static final int NOT = 3;

    /** What is done where one is. */
    static Offer here(Action action) {
        return new Offer(action, "", false);
    }

    /**
     * Those whose names hold all the words that were typed: first those that begin with them, then those whose screen helped;
     * but behind them what cannot be done on another screen, and last what only leads there.
     */
    static List<Offer> found(List<Offer> offers, String typed) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        return offers.stream()
                .filter(offer -> offer.fit(wanted) < NOT)
                .sorted(Comparator.comparing(Offer::leads)
                        .thenComparing(Offer::barredThere)
                        .thenComparing(offer -> offer.fit(wanted)))
                .toList();
    }

    private boolean barredThere() {
        return !screen.isEmpty() && action.reason() != null;
    }

    private int fit(String wanted) {
        String name = action.name().toLowerCase(Locale.ROOT);
        if (name.startsWith(wanted)) {
            return 0;
        } else if (holds(name, wanted)) {
            return 1;
        }
        return holds(name + " " + screen.toLowerCase(Locale.ROOT), wanted) ? 2 : NOT;
    }

    /** As one reads it: what is done, and where. */
    @Override
    public String toString() {
        return screen.isEmpty() ? action.name() : action.name() + " (" + screen + ")";
    }

    private static boolean holds(String text, String wanted) {
        for (String word : wanted.split("\\s+")) {
            if (!text.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
