package io.strongroom.installer;

import io.strongroom.api.PolicyProposal;
import io.strongroom.evidence.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strongroom policy review}. */
@Command(
        name = "review",
        description =
                "Shows what a proposal changes of what is in force, and who said what; without a name, all proposals.",
        mixinStandardHelpOptions = true)
final class PolicyReviewCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The proposal.")
    private String name = "";

    @Option(names = "--lines", description = "Show each line that changes, too.")
    private boolean lines;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        OfficerHome home = OfficerHome.current();
        if (name.isEmpty()) {
            List<PolicyProposal> all = home.call(client -> client.policies().proposals());
            all.forEach(each -> System.out.printf("%-10s %-40s %s%n", each.state(), each.name(), each.title()));
            return 0;
        }
        PolicyProposal proposal = home.call(client -> client.policies().proposal(name));
        if (json) {
            System.out.println(proposal.more());
            return 0;
        }
        show(proposal);
        if (lines) {
            System.out.println();
            String diff = home.call(client -> client.policies().diff(name));
            System.out.print(diff);
        }
        return 0;
    }

    private static void show(PolicyProposal proposal) {
        System.out.println(
                proposal.name() + " (" + proposal.state() + ") by " + proposal.author() + ": " + proposal.title());
        System.out.println("commit   " + proposal.commit());
        System.out.println("bundle   " + proposal.bundle());
        proposal.change().ifPresent(change -> System.out.println("follows  " + change.baseBundle()));
        System.out.println("tests    " + proposal.testsPassed() + " passed");
        if (!proposal.continuesMain()) {
            System.out.println("main has moved on: it has to be rebased and approved again");
        }
        System.out.println(proposal.sentences().isEmpty() ? "It decides nothing otherwise." : "It decides otherwise:");
        proposal.sentences().forEach(sentence -> System.out.println("  " + sentence));
        proposal.shadow()
                .ifPresentOrElse(
                        shadow -> {
                            System.out.println("Replayed: " + ShadowText.compared(shadow));
                            shadow.summary().ifPresent(summary -> System.out.print(ShadowText.summary(summary)));
                            System.out.println("report   " + shadow.report());
                        },
                        () -> System.out.println("It was not replayed: strongroom policy shadow NAME"));
        proposal.approvals()
                .forEach(given -> System.out.println(
                        (given.decision().equals("approve") ? given.counts() ? "✔ " : "– " : "✘ ") + given.officer()
                                + " (" + given.role() + ") until " + given.expires()
                                + (given.reason() == null || given.decision().equals("reject")
                                        ? ""
                                        : ": does not count, " + given.reason())));
        proposal.comments().forEach(comment -> System.out.print(said(comment, proposal.commit())));
    }

    /** Whose words they are, of what, and the words below. */
    private static String said(PolicyProposal.Comment comment, String commit) {
        StringBuilder said = new StringBuilder(comment.author())
                .append(comment.requestsChanges() ? " asked for changes, " : " said, ")
                .append(comment.at());
        if (comment.file() != null) {
            said.append(", of ").append(Printable.of(comment.file()));
            said.append(comment.line() == 0 ? "" : ":" + comment.line());
        }
        if (!comment.commit().equals(commit)) {
            said.append(", of the commit ").append(comment.commit());
        }
        said.append('\n');
        comment.text()
                .lines()
                .forEach(line -> said.append("  ").append(Printable.of(line)).append('\n'));
        return said.toString();
    }
}
