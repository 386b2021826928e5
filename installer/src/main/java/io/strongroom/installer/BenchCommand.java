package io.strongroom.installer;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code strongroom bench}, as the help shows it; {@link Launcher#run} hands the command itself to the benchmarks. */
@Command(
        name = "bench",
        description =
                "Measures: bench ingest|mqtt|policy|query|verify|export|proof|start, each beside a peer in the same run;"
                        + " bench console and fleet, and bench chaos, which kills.")
final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return Delegate.run(Distribution.current().bench(), List.of("--help"));
    }
}
