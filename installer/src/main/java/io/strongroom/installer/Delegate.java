package io.strongroom.installer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hands a command over to another program, with its terminal and its exit code. */
final class Delegate {
    private Delegate() {}

    static int run(List<String> program, List<String> arguments) {
        List<String> whole = new ArrayList<>(program);
        whole.addAll(arguments);
        return run(new ProcessBuilder(whole).inheritIO());
    }

    /** Runs it to its end. */
    static int run(ProcessBuilder program) {
        try {
            return program.start().waitFor();
        } catch (IOException e) {
            throw new LaunchException("cannot run " + program.command().getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }
}
