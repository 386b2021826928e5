package io.strongroom.console.rehearsal;

import io.strongroom.api.ExportState;
import io.strongroom.api.ExportSummary;
import io.strongroom.api.SignInRequest;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;

/**
 * An officer's hour: all screens, round after round, with what one does on each. Now and then one officer leaves, and the
 * next signs in.
 */
public final class Hour {
    /** How many rounds one officer stays. */
    private static final int STAY = 5;

    private final Desk desk;
    private final Scene scene;
    private final Pauses pauses;
    private final Hand hand;
    private final int rounds;
    private final Officers officers;

    /** Who sits at the window. */
    @FunctionalInterface
    public interface Officers {
        /** How the next one signs in. */
        Login next() throws IOException;
    }

    /** An officer at an appliance. */
    public record Login(Appliance appliance, SignInRequest request) {}

    /**
     * @param rounds at least 1
     * @param restMillis how long is rested after each thing that is done
     */
    public Hour(Desk desk, Scene scene, Pauses pauses, int rounds, long restMillis, Officers officers) {
        this.desk = desk;
        this.scene = scene;
        this.pauses = pauses;
        this.hand = new Hand(scene, restMillis);
        this.rounds = rounds;
        this.officers = officers;
    }

    /** Goes all rounds; says after each what the process holds, and less often what of its heap is needed. */
    public void play() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strongroom-rehearsal-");
        try {
            say("resident", 0, Footprint.resident());
            for (int round = 1; round <= rounds; round++) {
                if (round % STAY == 1) {
                    signIn();
                }
                round(round == 1 ? "first" : "again", folder.resolve("pack.zip"));
                say("resident", round, Footprint.resident());
                if (round % STAY == 0 || round == rounds) {
                    pauses.at("again theme");
                    twice(KeyCode.L);
                    pauses.at("again collection");
                    say("heap", round, Footprint.heap());
                }
            }
            waits();
        } finally {
            Files.deleteIfExists(folder.resolve("pack.zip"));
            Files.delete(folder);
        }
    }

    private void signIn() throws IOException, InterruptedException {
        if (desk.connection().who().get() != null) {
            desk.connection().signOut();
        }
        Login login = officers.next();
        pauses.at("again sign-in");
        Connection.Who who = desk.connection().signIn(login.appliance(), login.request());
        Hand.ui(() -> desk.connection().enter(who));
        hand.settle();
    }

    private void round(String visit, Path pack) throws InterruptedException {
        fetch(pack);
        for (String id : Hand.ui(this::screens)) {
            pauses.at(visit + " " + id);
            go(Spot.of(id));
            hand.goThrough(screen());
            switch (id) {
                case "explorer" -> explore();
                case "chain" -> key(KeyCode.E);
                case "packs" -> newPack();
                case "verifier" -> verify(pack);
                default -> {}
            }
            hand.key(KeyCode.F5, false, false);
            hand.settle();
        }
        pauses.at(visit + " shell");
        key(KeyCode.K);
        hand.write("dev");
        hand.key(KeyCode.ESCAPE, false, false);
        hand.key(KeyCode.F1, false, false);
        hand.key(KeyCode.ESCAPE, false, false);
        twice(KeyCode.U);
    }

    /** A switch that is pressed with Ctrl and Shift, there and back. */
    private void twice(KeyCode code) throws InterruptedException {
        for (int time = 0; time < 2; time++) {
            hand.key(code, true, true);
            hand.settle();
        }
    }

    private void explore() throws InterruptedException {
        for (String question : List.of("outcome:failure", "user", "")) {
            key(KeyCode.F);
            hand.enter(question);
            hand.goThrough(screen());
        }
        key(KeyCode.P);
    }

    private void newPack() throws InterruptedException {
        go(new Spot("packs", "new"));
        hand.goThrough(screen());
        hand.key(KeyCode.ESCAPE, false, false);
    }

    private void verify(Path pack) throws InterruptedException {
        if (Files.exists(pack)) {
            go(new Spot("verifier", pack.toString()));
            hand.goThrough(screen());
        }
    }

    /** Fetches a pack of one's own, if there is one, once. */
    private void fetch(Path target) {
        if (!Files.exists(target)) {
            desk.connection().call(client -> {
                own(client).ifPresent(pack -> client.exports().download(pack.status(), target, done -> {}));
                return target;
            });
        }
    }

    private static Optional<ExportSummary> own(StrongroomClient client) {
        return client.exports().list(null, 10).items().stream()
                .filter(pack -> pack.own() && pack.status().status() == ExportState.READY)
                .findFirst();
    }

    private void go(Spot spot) throws InterruptedException {
        Hand.ui(() -> desk.navigator().go(spot));
        hand.settle();
    }

    private void key(KeyCode code) throws InterruptedException {
        hand.key(code, true, false);
        hand.settle();
    }

    /** The ids of the screens, as the navigation has them. */
    private List<String> screens() {
        return scene.lookup("#navigation").lookupAll(".item").stream()
                .map(Node::getId)
                .map(id -> id.substring("go-".length()))
                .toList();
    }

    private Parent screen() {
        return (Parent) scene.lookup("#screen");
    }

    private static void say(String what, int round, double megabytes) {
        System.out.printf(Locale.ROOT, "%s %d %.1f%n", what, round, megabytes);
    }

    /** Says how long one waited, and for what; where the UI thread was meanwhile goes to the other stream. */
    private void waits() {
        for (Pauses.Wait each : pauses.waits()) {
            System.out.printf("waits %s %d %d %d%n", each.where(), each.worst(), each.p99(), each.worked());
        }
        for (Pauses.Pause each : pauses.tooLong()) {
            System.err.printf(
                    "%s: %d ms, of which the UI thread worked %d, and the garbage collector %d%n",
                    each.where(), each.millis(), each.worked(), each.collected());
            each.stack().forEach(frame -> System.err.println("    at " + frame));
        }
    }
}
