package io.strongroom.installer;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom setup-code}. */
@Command(
        name = "setup-code",
        description = "Has the next start give a setup code though there is an administrator: for whoever has lost the"
                + " administrator's token, or let it end.",
        mixinStandardHelpOptions = true)
final class SetupCodeCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The appliance's data directory (default: ~/.strongroom).")
    private Path data = Installation.DEFAULT_DATA;

    @Override
    public Integer call() {
        Path whole = data.toAbsolutePath().normalize();
        Installation.wantSetupCode(whole);
        System.out.println("The next start on " + whole + " gives a setup code. Whoever uses it, as `strongroom token`"
                + " does, becomes the administrator; then the token of the one before counts no more. The ledger tells of"
                + " all three.");
        return 0;
    }
}
