package io.strongroom.installer.demo;

import io.strongroom.installer.LaunchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the verifier as an auditor would: a process of its own, given a pack and a trust file, and nothing else. Where the
 * system lets us, it runs in a network namespace that holds no network at all.
 */
final class OfflineVerifier {
    private static final int LIMIT_MINUTES = 30;

    private final List<String> command;

    OfflineVerifier(List<String> verifier) {
        List<String> whole = new ArrayList<>();
        if (canUnshare()) {
            whole.addAll(List.of("unshare", "--user", "--map-root-user", "--net"));
        }
        whole.addAll(verifier);
        this.command = List.copyOf(whole);
    }

    /** What the verifier said, and its exit code: 0 verified, 1 failed, 2 usage, 3 consistent but signer not trusted. */
    record Verdict(int exitCode, List<String> lines) {
        boolean verified() {
            return exitCode == 0;
        }

        boolean failed() {
            return exitCode == 1;
        }
    }

    /** Whether it runs where there is no network to be had. */
    boolean withoutNetwork() {
        return command.getFirst().equals("unshare");
    }

    Verdict verify(Path pack, Path trust) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(pack.toString(), "--trust", trust.toString()));
        try {
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new LaunchException("the verifier did not end");
            }
            return new Verdict(process.exitValue(), lines);
        } catch (IOException e) {
            throw new LaunchException("the verifier cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted while verifying", e);
        }
    }

    private static boolean canUnshare() {
        try {
            Process process = new ProcessBuilder("unshare", "--user", "--map-root-user", "--net", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such program here; the verifier has no network code in it either way.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
