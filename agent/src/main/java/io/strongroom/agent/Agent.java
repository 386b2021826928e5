package io.strongroom.agent;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** The command {@code strongroom agent}. */
@Command(
        name = "strongroom agent",
        description = "Runs on a device: collects, queues, signs and sends.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Agent.Version.class,
        subcommands = {
            EnrolCommand.class,
            RunCommand.class,
            StatusCommand.class,
            DiagnoseCommand.class,
            RenewCommand.class,
            WitnessCommand.class,
            PolicyCommand.class,
            ExportCommand.class,
            HelpCommand.class
        })
public final class Agent {
    private Agent() {}

    public static void main(String[] arguments) {
        // What measures the host would log; what matters of it is told in the status.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.setOut(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(commandLine().execute(arguments.length == 0 ? new String[] {"help"} : arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Agent());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof AgentException
                    || failure instanceof io.strongroom.agent.identity.IdentityException
                    || failure instanceof io.strongroom.agent.settings.SettingsException) {
                command.getErr().println("strongroom agent: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        return line;
    }

    /** The version that the build put into the jar. */
    static String version() {
        String version = Agent.class.getPackage().getImplementationVersion();
        return version == null ? "(from classes)" : version;
    }

    /** For picocli. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"strongroom agent " + version()};
        }
    }
}
