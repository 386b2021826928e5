package io.strongroom.bench;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CoreBenchmark} and {@link PolicyBenchmark}, and tells its figures in the units that people think in. */
final class CoreBench {
    private CoreBench() {}

    static void run(Report report) throws RunnerException {
        report.say("measuring the evidence core and policy with JMH; this takes about two minutes");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(CoreBenchmark.class.getName())
                        .include(PolicyBenchmark.class.getName())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            double perSecond = result.getPrimaryResult().getScore();
            report.add(
                    name.startsWith("canonicalise")
                            ? Row.alone(name, perSecond * CoreBenchmark.DOCUMENT_BYTES / 1e6, "MB/s")
                            : Row.alone(name, perSecond, "1/s"));
        }
    }
}
