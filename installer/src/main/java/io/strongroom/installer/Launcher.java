package io.strongroom.installer;

import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.officer.OfficerKeyException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command {@code strongroom}. */
@Command(
        name = "strongroom",
        description = "An evidence appliance: tamper-evident records that verify offline.",
        mixinStandardHelpOptions = true,
        versionProvider = Launcher.Version.class,
        subcommands = {
            DemoCommand.class,
            ConsoleCommand.class,
            UpCommand.class,
            VerifyCommand.class,
            PolicyCommand.class,
            TokenCommand.class,
            SetupCodeCommand.class,
            DevicesCommand.class,
            InviteCommand.class,
            AcceptCommand.class,
            SignInCommand.class,
            StepUpCommand.class,
            WhoamiCommand.class,
            KeyCommand.class,
            SignOutCommand.class,
            StatusCommand.class,
            AgentCommand.class,
            BenchCommand.class,
            PrepareCommand.class,
            GuideCommand.class,
            HelpCommand.class
        })
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        // The marks in the output are not in every locale's encoding; terminals of today read UTF-8.
        System.setOut(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(
                new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(run(arguments));
    }

    /** Runs a command; the verifier, the agent and the benchmarks read their own arguments, so those are handed on untouched. */
    static int run(String[] arguments) {
        List<String> rest = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        String command = arguments.length == 0 ? "help" : arguments[0];
        try {
            return switch (command) {
                case "verify" -> Delegate.run(Distribution.current().verifier(), rest);
                case "agent" -> Delegate.run(Distribution.current().agent(rest), List.of());
                case "bench" -> Delegate.run(Distribution.current().bench(), rest);
                default -> commandLine().execute(arguments.length == 0 ? new String[] {"help"} : arguments);
            };
        } catch (LaunchException e) {
            System.err.println("strongroom: " + e.getMessage());
            return e.exitCode();
        }
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Launcher());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof LaunchException
                    || failure instanceof OfficerKeyException
                    || failure instanceof StrongroomException) {
                command.getErr().println("strongroom: " + failure.getMessage());
                return failure instanceof LaunchException launch ? launch.exitCode() : 1;
            }
            throw failure;
        });
        return line;
    }

    /** The version that the build put into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Launcher.class.getPackage().getImplementationVersion();
            return new String[] {"strongroom " + (version == null ? "(from classes)" : version)};
        }
    }
}
