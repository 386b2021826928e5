package io.strongroom.agent.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A process in the agent's place: notes each of its starts, beats, and then does what it should not. */
public final class Misbehaving {
    private static final int PIECE = 4 << 20;
    private static volatile boolean beating = true;
    private static volatile long burnt;

    private Misbehaving() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path starts = Path.of(arguments[0]);
        Files.writeString(starts, "start\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (arguments[1].equals("refuse")) {
            System.exit(1);
        }
        Thread.ofPlatform().name(ThreadNames.BEAT).daemon().start(Misbehaving::beat);
        switch (arguments[1]) {
            case "memory" -> collector("inventory", Misbehaving::eat);
            case "cpu" -> collector("logs", Misbehaving::burn);
            case "hang" -> beating = false;
            case "end" -> System.exit(7);
            default -> Files.writeString(starts, "well\n", StandardOpenOption.APPEND);
        }
        // Until the launcher ends.
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        Files.writeString(starts, "left alone\n", StandardOpenOption.APPEND);
    }

    private static void collector(String name, Runnable work) {
        Thread.ofPlatform().name(ThreadNames.COLLECTOR + name).daemon().start(work);
    }

    private static void beat() {
        try {
            while (true) {
                Thread.sleep(beating ? 5 : 1_000_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void eat() {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            for (int at = 0; at < PIECE; at += 1024) {
                piece.put(at, (byte) 1);
            }
            all.add(piece);
        }
        burnt += all.size();
        beat();
    }

    private static void burn() {
        while (true) {
            burnt++;
        }
    }
}
