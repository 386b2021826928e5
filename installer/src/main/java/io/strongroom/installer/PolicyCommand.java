package io.strongroom.installer;

import picocli.CommandLine.Command;

/** {@code strongroom policy}. */
@Command(
        name = "policy",
        description = "Works on policy bundles: the rules by which records are kept, hidden, shown and given out.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PolicyTestCommand.class, PolicyDiffCommand.class})
final class PolicyCommand {}
