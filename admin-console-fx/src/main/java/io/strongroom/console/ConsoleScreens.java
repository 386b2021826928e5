package io.strongroom.console;

import io.strongroom.api.officer.OfficerFolder;
import io.strongroom.console.chain.ChainScreen;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.devices.DevicesScreen;
import io.strongroom.console.explorer.ExplorerScreen;
import io.strongroom.console.incidents.IncidentsScreen;
import io.strongroom.console.masking.MaskingScreen;
import io.strongroom.console.packs.PacksScreen;
import io.strongroom.console.people.PeopleScreen;
import io.strongroom.console.releases.ReleasesScreen;
import io.strongroom.console.review.ReviewScreen;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.system.ConsoleLog;
import io.strongroom.console.system.SystemScreen;
import io.strongroom.console.today.TodayScreen;
import io.strongroom.console.verifier.VerifierScreen;
import io.strongroom.console.workspace.WorkspaceScreen;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** All screens of the console. A new one is added here. */
final class ConsoleScreens {
    private ConsoleScreens() {}

    /**
     * In the order of the navigation, within their groups.
     *
     * @param home the officer's folder
     */
    static List<Screen> of(Desk desk, Path home) {
        RulesFolder rules = new RulesFolder(home.resolve("rules"));
        return List.of(
                new TodayScreen(desk),
                new ExplorerScreen(desk),
                new ChainScreen(desk),
                new PacksScreen(desk),
                new VerifierScreen(desk),
                new WorkspaceScreen(desk, rules),
                new ReviewScreen(desk, OfficerFolder.keys(home)),
                new ReleasesScreen(desk, rules),
                new MaskingScreen(desk, rules),
                new DevicesScreen(desk, InstantSource.system()),
                new IncidentsScreen(desk),
                new PeopleScreen(desk, OfficerFolder.keys(home), InstantSource.system()),
                new SystemScreen(desk, InstantSource.system(), ConsoleLog.listening()));
    }
}
