package io.strongroom.installer;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy clone}. */
@Command(
        name = "clone",
        description = "Clones the rules of the appliance that you are signed in to, with git.",
        mixinStandardHelpOptions = true)
final class PolicyCloneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where to (default: policy).")
    private Path folder = Path.of("policy");

    @Override
    public Integer call() {
        new PolicyGit(OfficerHome.current().signedIn()).cloneInto(folder);
        return 0;
    }
}
