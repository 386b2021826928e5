package io.strongroom.console;

import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.devices.DevicesScreen;
import io.strongroom.console.incidents.IncidentsScreen;
import io.strongroom.console.packs.PacksScreen;
import io.strongroom.console.people.PeopleScreen;
import io.strongroom.console.review.ReviewScreen;
import io.strongroom.console.system.ConsoleLog;
import io.strongroom.console.system.SystemScreen;
import io.strongroom.console.today.TodayScreen;
import io.strongroom.console.verifier.VerifierScreen;
import java.time.InstantSource;
import java.util.List;

/** All screens of the console. A new one is added here. */
final class ConsoleScreens {
    private ConsoleScreens() {}

    /** In the order of the navigation, within their groups. */
    static List<Screen> of(Desk desk) {
        return List.of(
                new TodayScreen(desk),
                new PacksScreen(desk),
                new VerifierScreen(desk),
                new ReviewScreen(desk, OfficerFolder.keys(OfficerFolder.current())),
                new DevicesScreen(desk, InstantSource.system()),
                new IncidentsScreen(desk),
                new PeopleScreen(desk, OfficerFolder.keys(OfficerFolder.current()), InstantSource.system()),
                new SystemScreen(desk, InstantSource.system(), ConsoleLog.listening()));
    }
}
