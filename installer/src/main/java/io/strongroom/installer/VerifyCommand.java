package io.strongroom.installer;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom verify}, as the help shows it; {@link Launcher#run} hands the command itself to the verifier. */
@Command(
        name = "verify",
        description = "Verifies a pack, a proof or a folder of tiles, with no network. verify --help says more.")
final class VerifyCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Delegate.run(Distribution.current().verifier(), List.of("--help"));
    }
}
