package io.strongroom.console.rehearsal;

import io.strongroom.api.SignInRequest;
import io.strongroom.console.ConsoleWindow;
import io.strongroom.console.connection.Appliance;
import io.strongroom.console.desk.Desk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import javafx.application.Platform;
import javafx.scene.Scene;

/** The console's window, in which nobody sits. */
public final class RehearsalWindow extends ConsoleWindow {
    private static final int FAILED = 1;

    private static Hour.Login asked(BufferedReader in) throws IOException {
        System.out.println("who");
        String line = in.readLine();
        if (line == null) {
            throw new IOException("whoever started this does not say who signs in");
        }
        String[] said = line.split(" ");
        return new Hour.Login(Appliance.parse(said[0], said[1]), new SignInRequest(said[2], said[3], said[4]));
    }

    @Override
    protected void opened(Desk desk, Scene scene) {
        Thread.ofPlatform().daemon().name("rehearsal").start(() -> {
            try (Pauses pauses = Pauses.ofJavaFx("first sign-in")) {
                int rounds = Integer.getInteger("strongroom.rehearsal.rounds", 1);
                int restMillis = Integer.getInteger("strongroom.rehearsal.rest", 50);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                new Hour(desk, scene, pauses, rounds, restMillis, () -> asked(in)).play();
                Platform.exit();
            } catch (IOException | InterruptedException | RuntimeException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(FAILED);
            }
        });
    }
}
