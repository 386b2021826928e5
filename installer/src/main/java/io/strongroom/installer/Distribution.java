package io.strongroom.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs, as the build lays them out: {@code lib} for this launcher, {@code server/lib}, {@code agent/lib},
 * {@code console/lib} with {@code console/fx}, {@code bench/lib}, {@code verifier}.
 *
 * @param home the folder they are in
 * @param learning whether the programs keep what they learn
 * @param givingWay whether server and agent take only what processor time nothing else of the machine wants
 */
public record Distribution(Path home, boolean learning, boolean givingWay) {
    /** The system property that names the folder. */
    public static final String PROPERTY = "strongroom.home";

    /** Options of a console that draws into memory alone. */
    public static final List<String> NO_DISPLAY = List.of("-Dglass.platform=Headless", "-Dprism.order=sw");

    private static final String REHEARSAL = "io.strongroom.console.rehearsal.Rehearsal";
    private static final Duration LEARNING_STOP_LIMIT = Duration.ofMinutes(3);

    /** The environment variable with further options of the server's Java virtual machine. */
    static final String OPTIONS_VARIABLE = "STRONGROOM_JAVA_OPTIONS";

    /**
     * The distribution that this launcher was started from.
     *
     * @throws LaunchException if nothing says where it is
     */
    public static Distribution current() {
        String home = System.getProperty(PROPERTY);
        if (home == null) {
            throw new LaunchException("start me with installer/strongroom, which says where the programs are");
        }
        return new Distribution(Path.of(home), false, false);
    }

    /**
     * The same programs, each of which keeps what it learnt of its first run when that ends (JEP 514 and 515): later runs start
     * quicker.
     */
    Distribution inTraining() {
        return new Distribution(home, true, givingWay);
    }

    /**
     * The same programs, with a server and an agent that take only what processor time nothing else of the machine wants, their
     * database included: a console beside them has the machine as if they stood elsewhere.
     */
    public Distribution withServersGivingWay() {
        return new Distribution(home, learning, true);
    }

    /** What comes before the command of a server or an agent. */
    private List<String> priority() {
        return givingWay ? List.of("nice", "-n", "19") : List.of();
    }

    /** What the programs have learnt, or will. */
    List<Path> caches() {
        return List.of(serverCache(), verifierCache(), consoleCache());
    }

    private Path serverCache() {
        return home.resolve("server").resolve("server.aot");
    }

    private Path verifierCache() {
        return home.resolve("verifier").resolve("verifier.aot");
    }

    /** What the console has learnt, or will. */
    Path consoleCache() {
        return home.resolve("console").resolve("console.aot");
    }

    private List<String> cached(Path cache) {
        if (Files.isRegularFile(cache)) {
            // One that does not fit, as after a move, is no matter for whoever waits: they wait a little longer.
            return List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off");
        }
        return learning ? List.of("-XX:AOTCacheOutput=" + cache) : List.of();
    }

    /** How long the server may take to stop: writing what it learnt is part of that. */
    public Duration stopLimit() {
        return learning ? LEARNING_STOP_LIMIT : ServerProcess.STOP_LIMIT;
    }

    /** The command that runs the server, without its arguments. */
    public List<String> server() {
        List<String> command = new ArrayList<>(priority());
        command.add(java());
        // zstd and the file locks of the database are native; compact headers save a tenth of the memory (JEP 519);
        // what the policy's conditions are read with reaches for memory in a way that Java warns of.
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(cached(serverCache()));
        String more = System.getenv(OPTIONS_VARIABLE);
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of("-cp", classPath("server/lib"), "io.strongroom.server.Strongroom"));
        return List.copyOf(command);
    }

    /** The command that runs the offline verifier, without its arguments. */
    public List<String> verifier() {
        Path options = home.resolve("verifier").resolve("verifier.options");
        List<String> command = new ArrayList<>(List.of(java(), "@" + options));
        command.addAll(cached(verifierCache()));
        command.addAll(List.of("-cp", classPath("verifier"), "io.strongroom.evidence.cli.Verify"));
        return List.copyOf(command);
    }

    /**
     * The command that runs the agent, as {@code installer/strongroom agent} starts it: {@code run} under its launcher.
     *
     * @param arguments of the agent
     */
    public List<String> agent(List<String> arguments) {
        Path options = home.resolve("agent").resolve("agent.options");
        List<String> command = new ArrayList<>(priority());
        command.add(java());
        if (!arguments.isEmpty() && arguments.getFirst().equals("run")) {
            command.addAll(List.of(
                    "@" + home.resolve("agent").resolve("launcher.options"),
                    "-Dstrongroom.agent.options=" + options,
                    "-cp",
                    classPath("agent/lib"),
                    "io.strongroom.agent.launch.Launcher"));
        } else {
            command.addAll(List.of("@" + options, "-cp", classPath("agent/lib"), "io.strongroom.agent.Agent"));
        }
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /**
     * The command that runs the console, as {@code installer/strongroom console} starts it.
     *
     * @param arguments of the console
     */
    public List<String> console(List<String> arguments) {
        return console(List.of(), "io.strongroom.console.Console", arguments);
    }

    /**
     * The console as a program that works by itself; {@code Rehearsal} says what it reads and says.
     *
     * @param options of its Java virtual machine, e.g. {@link #NO_DISPLAY}
     */
    public List<String> rehearsal(List<String> options) {
        return console(options, REHEARSAL, List.of());
    }

    private List<String> console(List<String> options, String program, List<String> arguments) {
        Path console = home.resolve("console");
        List<String> command = new ArrayList<>(List.of(
                java(),
                "@" + console.resolve("console.options"),
                "--module-path",
                console.resolve("fx").toString(),
                "--add-modules=ALL-MODULE-PATH"));
        command.addAll(cached(consoleCache()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(console.resolve("lib")), program));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    /** The same of an image of the console ({@code installer/console-image}), which learns meanwhile. */
    List<String> rehearsalOf(Path image) {
        Path app = image.resolve("app");
        List<String> command = new ArrayList<>(List.of(
                image.resolve("runtime").resolve("bin").resolve("java").toString(),
                "@" + app.resolve("console.options"),
                "-XX:AOTCacheOutput=" + app.resolve("strongroom-console.aot")));
        command.addAll(NO_DISPLAY);
        command.addAll(List.of("-cp", classPath(app), REHEARSAL));
        return List.copyOf(command);
    }

    /** The command that runs the benchmarks, without its arguments. */
    public List<String> bench() {
        return List.of(
                java(), "-D" + PROPERTY + "=" + home, "-cp", classPath("bench/lib"), "io.strongroom.bench.Bench");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** All jars of a folder, in the order of their names: the same each time, as an AOT cache demands. */
    private String classPath(String folder) {
        return classPath(home.resolve(folder));
    }

    private String classPath(Path jars) {
        try (Stream<Path> all = Files.list(jars)) {
            List<String> sorted = all.map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
            if (sorted.isEmpty()) {
                throw new LaunchException("there is no program in " + jars + ": remove " + home
                        + " and start installer/strongroom again, which builds it anew");
            }
            return String.join(java.io.File.pathSeparator, sorted);
        } catch (IOException e) {
            throw new LaunchException("there is no program in " + jars + ": " + e.getMessage(), e);
        }
    }
}
