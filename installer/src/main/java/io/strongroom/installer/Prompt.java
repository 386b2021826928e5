package io.strongroom.installer;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal; where there is none, such as in a script, the answers are lines of the input. */
public final class Prompt {
    private static final Prompt CURRENT = new Prompt();

    private @Nullable BufferedReader lines;

    private Prompt() {}

    /** Who is there. */
    public static Prompt current() {
        return CURRENT;
    }

    /** Asks for something that may be seen. */
    public String text(String question) {
        return ask(question, false);
    }

    /** Asks for something that is not shown while it is typed. */
    public String secret(String question) {
        return ask(question, true);
    }

    /** Asks for a new secret, twice. */
    public String newSecret(String question) {
        String first = secret(question);
        if (!first.equals(secret(question + ", again"))) {
            throw new LaunchException("the two are not the same: nothing was done");
        }
        return first;
    }

    private synchronized String ask(String question, boolean hidden) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            String answer;
            if (hidden) {
                char[] typed = console.readPassword("%s: ", question);
                answer = typed == null ? null : new String(typed);
            } else {
                answer = console.readLine("%s: ", question);
            }
            return answer(answer, question);
        }
        try {
            BufferedReader reader = lines;
            if (reader == null) {
                reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                lines = reader;
            }
            return answer(reader.readLine(), question);
        } catch (IOException e) {
            throw new LaunchException("the input cannot be read: " + e.getMessage(), e);
        }
    }

    private static String answer(@Nullable String answer, String question) {
        if (answer == null) {
            throw new LaunchException("no answer to: " + question);
        }
        return answer.strip();
    }
}
