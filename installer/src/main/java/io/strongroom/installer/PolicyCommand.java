package io.strongroom.installer;

import picocli.CommandLine.Command;

/** {@code strongroom policy}. */
@Command(
        name = "policy",
        description = "Works on policy bundles: the rules by which records are kept, hidden, shown and given out.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PolicyTestCommand.class,
            PolicyDiffCommand.class,
            PolicyCloneCommand.class,
            PolicyProposeCommand.class,
            PolicyReviewCommand.class,
            PolicyShadowCommand.class,
            PolicyCommentCommand.class,
            PolicyApproveCommand.class,
            PolicyTakeBackCommand.class,
            PolicyWithdrawCommand.class,
            PolicyActivateCommand.class,
            PolicyLogCommand.class
        })
final class PolicyCommand {}
