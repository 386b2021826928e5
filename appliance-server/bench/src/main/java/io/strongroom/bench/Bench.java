package io.strongroom.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code strongroom bench}: each row sets our figure beside a peer's that was measured in the same run. */
@Command(
        name = "bench",
        description = "Measure this appliance beside its peers, on this machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "WHAT")
public final class Bench {
    private static final String WARM_UP = "240";
    private static final String WARM_UP_TEXT =
            "seconds at most before each is measured; it begins as soon as Java has nearly stopped compiling";

    @Option(
            names = "--json",
            scope = CommandLine.ScopeType.INHERIT,
            description = "an object a line: name, value, unit, peer, peerValue, ratio")
    private boolean json;

    private Bench() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Command(
            description =
                    "the evidence core and policy by themselves: canonical JSON, leaf hashing, tree, proofs, decisions")
    int core() throws Exception {
        return reported(report -> CoreBench.run(report));
    }

    @Command(
            description =
                    "records taken in: batches and devices' batches beside COPY, single ones beside pgbench, and their cost")
    int ingest(
            @Option(names = "--seconds", defaultValue = "60", description = "steady state, each row") int seconds,
            @Option(names = "--warm-up", defaultValue = WARM_UP, description = WARM_UP_TEXT) int warmUp,
            @Option(names = "--only", description = "batch, single or device") @Nullable String only)
            throws Exception {
        return reported(report -> new IngestBench(report, new WarmUp(report, warmUp), seconds).run(only));
    }

    @Command(description = "records taken in under a bundle that hides fields, beside the same without; needs git")
    int policy(
            @Option(names = "--seconds", defaultValue = "64", description = "measured of each, in turns") int seconds,
            @Option(names = "--warm-up", defaultValue = WARM_UP, description = WARM_UP_TEXT) int warmUp)
            throws Exception {
        return reported(report -> new PolicyBench(report, new WarmUp(report, warmUp), seconds).run());
    }

    @Command(description = "packs made, beside COPY TO, and verified, beside sha256sum")
    int export(
            @Option(names = "--records", defaultValue = "300000") long records,
            @Option(names = "--warm-up", defaultValue = WARM_UP, description = WARM_UP_TEXT) int warmUp)
            throws Exception {
        return reported(report -> new PackBench(report, new WarmUp(report, warmUp), records).run());
    }

    @Command(description = "the same as export: a pack must be made before it can be verified")
    int verify(
            @Option(names = "--records", defaultValue = "300000") long records,
            @Option(names = "--warm-up", defaultValue = WARM_UP, description = WARM_UP_TEXT) int warmUp)
            throws Exception {
        return export(records, warmUp);
    }

    @Command(description = "the proof of one record, over HTTPS")
    int proof(@Option(names = "--records", defaultValue = "200000") long records) throws Exception {
        return reported(report -> new ProofBench(report, records).run());
    }

    @Command(description = "ten typical questions, beside hand-written SQL")
    int query(@Option(names = "--records", defaultValue = "5000000") long records) throws Exception {
        return reported(report -> new QueryBench(report, records).run());
    }

    @Command(
            description =
                    "a fleet of devices on open connections over HTTPS and MQTT, each with a small signed batch now and then")
    int fleet(
            @Option(names = "--https", defaultValue = "2000", description = "devices over HTTPS") int https,
            @Option(names = "--mqtt", defaultValue = "2000", description = "devices over MQTT") int mqtt,
            @Option(names = "--every", defaultValue = "10", description = "seconds from batch to batch") int every,
            @Option(names = "--lines", defaultValue = "10", description = "of a batch") int lines,
            @Option(names = "--seconds", defaultValue = "60", description = "measured") int seconds)
            throws Exception {
        return reported(report -> new FleetBench(report, seconds, every, lines).run(https, mqtt));
    }

    @Command(description = "small messages by MQTT at QoS 1, beside Mosquitto with persistence")
    int mqtt(
            @Option(names = "--clients", defaultValue = "100") int clients,
            @Option(names = "--seconds", defaultValue = "30", description = "measured of each") int seconds,
            @Option(names = "--warm-up", defaultValue = WARM_UP, description = WARM_UP_TEXT) int warmUp)
            throws Exception {
        return reported(report -> new MqttBench(report, clients, new WarmUp(report, warmUp), seconds).run());
    }

    @Command(
            description =
                    "server and agents killed at random under load; afterwards every sequence number must be accounted for")
    int chaos(@Option(names = "--minutes", defaultValue = "10") int minutes) throws Exception {
        return reported(report -> new ChaosBench(report, minutes).run());
    }

    @Command(description = "the server's start, and its memory when idle")
    int start() throws Exception {
        return reported(report -> new StartBench(report).run());
    }

    @Command(
            description =
                    "the console: its start, and what it holds and how long one waits during an officer's hour that it plays"
                            + " by itself, drawn into memory")
    int console(
            @Option(names = "--rounds", defaultValue = "30", description = "through all screens") int rounds,
            @Option(names = "--rest", defaultValue = "50", description = "milliseconds after each thing that is done")
                    int rest,
            @Option(names = "--display", description = "drawn on the display of $DISPLAY, not into memory")
                    boolean display)
            throws Exception {
        return reported(report -> new ConsoleBench(report, rounds, rest, display).run());
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
