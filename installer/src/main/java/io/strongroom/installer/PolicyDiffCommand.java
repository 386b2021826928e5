package io.strongroom.installer;

import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.diff.SemanticDiff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy diff}. */
@Command(
        name = "diff",
        description = "Says what one bundle decides otherwise than another, without a server.",
        mixinStandardHelpOptions = true)
final class PolicyDiffCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "BEFORE", description = "The folder of the bundle before.")
    private Path before = Path.of(".");

    @Parameters(index = "1", paramLabel = "AFTER", description = "The folder of the bundle after.")
    private Path after = Path.of(".");

    @Option(names = "--json", description = "Print the changes as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            SemanticDiff diff = SemanticDiff.of(BundleFolders.load(before), BundleFolders.load(after));
            System.out.print(json ? new String(diff.toJson(), StandardCharsets.UTF_8) + "\n" : diff.toText());
            return 0;
        } catch (InvalidBundleException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
