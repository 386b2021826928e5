package io.strongroom.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs, as the build lays them out: {@code lib} for this launcher, {@code server/lib}, {@code bench/lib}, {@code
 * verifier}.
 *
 * @param home the folder they are in
 */
public record Distribution(Path home) {
    /** The system property that names the folder. */
    public static final String PROPERTY = "strongroom.home";

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
        return new Distribution(Path.of(home));
    }

    /** The command that runs the server, without its arguments. */
    public List<String> server() {
        Path cache = quickStartCache();
        return server(Files.isRegularFile(cache) ? List.of("-XX:AOTCache=" + cache) : List.of());
    }

    /** The command that runs the server once to learn what a start needs (JEP 514), and keeps that as a cache. */
    List<String> serverInTraining() {
        return server(List.of("-XX:AOTCacheOutput=" + quickStartCache()));
    }

    /** Where that cache is kept. */
    Path quickStartCache() {
        return home.resolve("server").resolve("server.aot");
    }

    private List<String> server(List<String> cache) {
        List<String> command = new ArrayList<>();
        command.add(java());
        // zstd and the file locks of the database are native; compact headers save a tenth of the memory (JEP 519);
        // what the policy's conditions are read with reaches for memory in a way that Java warns of.
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(cache);
        String more = System.getenv(OPTIONS_VARIABLE);
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.addAll(List.of("-cp", classPath("server/lib"), "io.strongroom.server.Strongroom"));
        return List.copyOf(command);
    }

    /** The command that runs the offline verifier, without its arguments. */
    public List<String> verifier() {
        return List.of(java(), "-XX:+UseSerialGC", "-cp", classPath("verifier"), "io.strongroom.evidence.cli.Verify");
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
        Path jars = home.resolve(folder);
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
