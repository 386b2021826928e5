package io.strongroom.installer;

import io.strongroom.evidence.json.CanonicalWriter;
import io.strongroom.policies.Fault;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.check.BundleTests;
import io.strongroom.policies.check.TestReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy test}: what the server does before it accepts a bundle, without a server. */
@Command(
        name = "test",
        description = "Validates a bundle and runs its tests, without a server. Exits 1 if anything is wrong.",
        mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The bundle's folder.")
    private Path folder = Path.of(".");

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        TestReport report;
        try {
            Bundle bundle = BundleFolders.load(folder);
            report = BundleTests.run(bundle);
        } catch (InvalidBundleException e) {
            System.out.print(
                    json ? faults(e) : e.getMessage() + "\n" + e.faults().size() + " faults\n");
            return 1;
        }
        System.out.print(json ? new String(report.toJson(), StandardCharsets.UTF_8) + "\n" : report.toText());
        return report.isGood() ? 0 : 1;
    }

    private static String faults(InvalidBundleException invalid) {
        CanonicalWriter out = new CanonicalWriter();
        out.beginObject().name("faults");
        Fault.write(invalid.faults(), out);
        return new String(out.endObject().toBytes(), StandardCharsets.UTF_8) + "\n";
    }
}
