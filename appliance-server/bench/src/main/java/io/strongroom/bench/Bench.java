package io.strongroom.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code strongroom bench}: each row sets our figure beside a peer's that was measured in the same run. */
@Command(
        name = "bench",
        description = "Measure this appliance beside its peers, on this machine.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT")
public final class Bench {
    @Option(
            names = "--json",
            scope = CommandLine.ScopeType.INHERIT,
            description = "an object a line: name, value, unit, peer, peerValue, ratio")
    private boolean json;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Command(description = "the evidence core by itself: canonical JSON, leaf hashing, tree, proofs")
    int core() throws Exception {
        return reported(report -> CoreBench.run(report));
    }

    private int reported(Measurement measurement) throws Exception {
        Report report = new Report(System.out, json);
        measurement.run(report);
        report.finish();
        return 0;
    }

    /** What a subcommand does. */
    @FunctionalInterface
    interface Measurement {
        void run(Report report) throws Exception;
    }
}
