package io.strongroom.installer;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy shadow}. */
@Command(
        name = "shadow",
        description =
                "Replays the last days' records and reads against a proposal, and says what it decides otherwise.",
        mixinStandardHelpOptions = true)
final class PolicyShadowCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Parameters(paramLabel = "NAME", description = "The proposal.")
    private String name = "";

    @Option(names = "--days", paramLabel = "N", description = "How many days, 1 to 366 (default: 7).")
    private int days = 7;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Entries a second, at most, 1 to 1,000,000 (default: full speed).")
    private int rate;

    @Option(names = "--cancel", description = "Stop the one that runs, and begin none.")
    private boolean cancel;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        OfficerHome home = OfficerHome.current();
        if (cancel) {
            home.call(client -> {
                client.policies().cancelShadow(name);
                return name;
            });
            System.out.println("Cancelled");
            return 0;
        }
        if (rate < 0) {
            throw new LaunchException("--rate is 1 to 1,000,000 entries a second");
        }
        ShadowEvaluation shadow = home.call(client -> client.policies().shadow(name, days, rate));
        boolean terminal = System.console() != null && System.console().isTerminal();
        while (!shadow.isEnded()) {
            progress(shadow, terminal);
            Thread.sleep(POLL);
            shadow = home.call(client -> client.policies().shadow(name));
        }
        progress(shadow, terminal);
        if (terminal) {
            System.err.println();
        }
        return told(home, shadow);
    }

    /** Where nobody looks, such as in a script, it stays quiet. */
    private static void progress(ShadowEvaluation shadow, boolean terminal) {
        if (terminal) {
            System.err.printf(Locale.ROOT, "\r%,d of %,d entries", shadow.done(), shadow.total());
            System.err.flush();
        }
    }

    private int told(OfficerHome home, ShadowEvaluation shadow) {
        if (shadow.summary().isEmpty()) {
            System.err.println("strongroom: the shadow evaluation is " + shadow.state() + ": " + shadow.reason());
            return 1;
        }
        byte[] report = home.call(client -> client.policies().shadowReport(name));
        if (json) {
            System.out.println(new String(report, StandardCharsets.UTF_8));
            return 0;
        }
        System.out.println(ShadowText.compared(shadow));
        System.out.print(ShadowText.summary(shadow.summary().get()));
        System.out.print(ShadowText.changes(Json.parseObject(report)));
        System.out.println("report   " + shadow.report());
        return 0;
    }
}
