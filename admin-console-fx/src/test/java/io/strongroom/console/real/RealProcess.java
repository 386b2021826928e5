package io.strongroom.console.real;

import java.nio.file.Path;
import java.util.List;

/** A program of ours as a process of its own, with the classes that this test has. */
final class RealProcess {
    private RealProcess() {}

    static ProcessBuilder of(String main, List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // What the compiler wrote a minute ago needs no verifier: a quarter of a start.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main);
        builder.command().addAll(arguments);
        return builder.redirectErrorStream(true);
    }
}
