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
        try {
            return new ProcessBuilder(whole).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new LaunchException("cannot run " + program.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", e);
        }
    }
}
