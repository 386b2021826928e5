package io.strongroom.console.desk;

import io.strongroom.console.connection.Connection;
import io.strongroom.console.text.Texts;
import io.strongroom.console.work.Background;
import org.jspecify.annotations.Nullable;

/**
 * What every screen is given.
 *
 * @param background runs what takes a while
 * @param connection the appliance
 * @param texts what the console says
 * @param times how times are told
 * @param navigator goes to other screens
 * @param dialogs asks the officer, and tells
 * @param tasks what goes on meanwhile
 * @param kept what is remembered
 */
public record Desk(
        Background background,
        Connection connection,
        Texts texts,
        Times times,
        Navigator navigator,
        Dialogs dialogs,
        Tasks tasks,
        Kept kept) {
    /**
     * Why whoever is signed in may not do something; null if the rules in force allow it to their roles.
     *
     * @param operation as policy names it
     */
    public @Nullable String notAllowed(String operation) {
        Connection.Who who = connection.who().get();
        return who == null || !who.may().contains(operation) ? texts.get("deeds.not.allowed", operation) : null;
    }
}
