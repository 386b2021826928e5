package io.strongroom.installer;

import static org.awaitility.Awaitility.await;

import io.strongroom.api.officer.OneTimeCode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An officer at their own machine: a home folder, an authenticator, and the commands. */
final class Desk {
    static final String PASSWORD = "four words of no sense";
    static final String PASSPHRASE = "of the key alone";

    private static final Answers ANSWERS = new Answers();

    private final String officer;
    private final Path home;
    private String secret = "";
    private long lastStep;

    Desk(String officer, Path home) {
        this.officer = officer;
        this.home = home;
    }

    String officer() {
        return officer;
    }

    /** What a command said, and with which code it ended. */
    record Ran(int exit, String out, String err) {
        Ran good() {
            if (exit != 0) {
                throw new AssertionError("it ended with " + exit + ": " + out + err);
            }
            return this;
        }

        /** The first group of an expression that the output has. */
        String find(String expression) {
            Matcher found = Pattern.compile(expression).matcher(out);
            if (!found.find()) {
                throw new AssertionError("nothing like " + expression + " in: " + out);
            }
            return found.group(1);
        }
    }

    /** Runs a command that is given these answers, and asks for none but them. */
    Ran run(List<Supplier<String>> answers, String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        InputStream in = System.in;
        String user = System.getProperty("user.home");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
                PrintStream complaints = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
            System.setProperty("user.home", home.toString());
            System.setIn(ANSWERS);
            System.setOut(capture);
            System.setErr(complaints);
            ANSWERS.set(answers, () -> printed.toString(StandardCharsets.UTF_8));
            int exit = Launcher.run(arguments);
            return new Ran(exit, printed.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(err);
            System.setOut(out);
            System.setIn(in);
            System.setProperty("user.home", user);
        }
    }

    Ran run(String... arguments) {
        // Where the five minutes of the last code are over, the command asks for another.
        return run(List.of(this::code), arguments);
    }

    /** As {@link #run}, with the passphrase of the key first. */
    Ran signing(String... arguments) {
        return run(List.of(() -> PASSPHRASE, this::code), arguments);
    }

    /** Accepts an invitation, with what the command shows of the authenticator. */
    Ran accept(String invitation, Path data) {
        return run(
                List.of(() -> invitation, () -> PASSWORD, () -> PASSWORD, () -> {
                    secret = new Ran(0, ANSWERS.shown.get(), "").find("with this secret: ([A-Z2-7]+)");
                    return code();
                }),
                "accept",
                "--data",
                data.toString());
    }

    Ran signIn(Supplier<String> code, Path data) {
        return run(List.of(() -> PASSWORD, code), "sign-in", "--data", data.toString(), "--officer", officer);
    }

    /** The next code that was not used: of now, or of the step after, which counts already. */
    String code() {
        long next = Math.max(step(), lastStep + 1);
        await().atMost(Duration.ofMinutes(2)).until(() -> next <= step() + 1);
        lastStep = next;
        return OneTimeCode.of(secret, next);
    }

    /** The code that was used last. */
    String usedCode() {
        return OneTimeCode.of(secret, lastStep);
    }

    private static long step() {
        return OneTimeCode.step(System.currentTimeMillis());
    }

    /** Lines of input that are made when they are read, as people answer what they see; the end after the last. */
    private static final class Answers extends InputStream {
        private final Deque<Supplier<String>> waiting = new ArrayDeque<>();
        private Supplier<String> shown = () -> "";
        private byte[] line = {};
        private int at;

        void set(List<Supplier<String>> answers, Supplier<String> shownSoFar) {
            waiting.clear();
            waiting.addAll(answers);
            shown = shownSoFar;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == line.length) {
                Supplier<String> next = waiting.poll();
                if (next == null) {
                    return -1;
                }
                line = (next.get() + "\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int count = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
