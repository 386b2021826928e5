package io.strongroom.evidence.trust;

import io.strongroom.evidence.Digest;
import io.strongroom.evidence.timestamp.TimeRoot;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The two texts of a trust file: the file and its card. */
final class TrustText {
    private static final int HEX_GROUP = 4;

    private TrustText() {}

    static String file(TrustFile trust) {
        StringBuilder out = new StringBuilder();
        out.append("# Strongroom trust file: whom a verifier trusts (C2SP tlog-policy, with lines of our own).\n");
        out.append("# Keep it apart from the packs, and compare its card with the one printed at the first start.\n\n");
        for (TrustFile.Log log : trust.logs()) {
            out.append("log ").append(log.key().vkey());
            url(out, log.url());
        }
        for (TrustFile.PackKey key : trust.packKeys()) {
            out.append("pack-key ").append(key.key().algorithm().label());
            out.append(' ').append(key.validity().render());
            out.append(' ')
                    .append(Base64.getEncoder().encodeToString(key.key().spki()))
                    .append('\n');
        }
        for (Quorum.Witness witness : trust.quorum().witnesses()) {
            out.append("witness ")
                    .append(witness.name())
                    .append(' ')
                    .append(witness.key().vkey());
            url(out, witness.url());
            if (witness.fleet()) {
                out.append("fleet ").append(witness.name()).append('\n');
            }
        }
        for (Quorum.Group group : trust.quorum().groups()) {
            out.append("group ").append(group.name()).append(' ').append(group.threshold());
            group.members().forEach(member -> out.append(' ').append(member));
            out.append('\n');
        }
        out.append("quorum ").append(trust.quorum().name()).append('\n');
        for (TimeRoot root : trust.timeRoots()) {
            out.append("time-root ").append(root.name()).append(' ');
            out.append(Base64.getEncoder().encodeToString(root.der())).append('\n');
        }
        out.append("time ")
                .append(trust.timeDemanded() ? "required" : "optional")
                .append('\n');
        approvers(out, trust.approvers());
        return out.toString();
    }

    private static void url(StringBuilder out, String url) {
        out.append(url.isEmpty() ? "" : " " + url).append('\n');
    }

    /** Nothing where nobody is named: older readers know no such lines. */
    private static void approvers(StringBuilder out, Approvers approvers) {
        for (Approvers.Approver approver : approvers.officers()) {
            out.append("officer ").append(approver.officer().id()).append(' ');
            out.append(approver.validity().render()).append(' ');
            out.append(Base64.getEncoder()
                            .encodeToString(approver.officer().key().spki()))
                    .append('\n');
        }
        if (approvers.demanded()) {
            out.append("approvals required");
            if (!approvers.exempt().isEmpty()) {
                out.append(" except");
                approvers.exempt().stream().map(Digest::toString).sorted().forEach(bundle -> out.append(' ')
                        .append(bundle));
            }
            out.append('\n');
        }
    }

    static String card(TrustFile trust) {
        StringBuilder out = new StringBuilder();
        String rule = "=".repeat(72) + "\n";
        out.append(rule).append("  STRONGROOM TRUST CARD\n");
        out.append("  Compare these fingerprints with the trust file that you verify with.\n");
        out.append(rule);
        for (TrustFile.Log log : trust.logs()) {
            out.append("\n  Log ").append(log.key().name()).append('\n');
            entry(out, log.key().key().algorithm().label(), log.key().key().id());
        }
        for (TrustFile.PackKey key : trust.packKeys()) {
            out.append("\n  Signs packs ").append(key.validity().words()).append('\n');
            entry(out, key.key().algorithm().label(), key.key().id());
        }
        for (Quorum.Witness witness : trust.quorum().witnesses()) {
            out.append("\n  Witness ").append(witness.name());
            out.append(witness.fleet() ? " (a device of this operator)\n" : "\n");
            entry(
                    out,
                    witness.key().key().algorithm().label(),
                    witness.key().key().id());
        }
        for (TimeRoot root : trust.timeRoots()) {
            out.append("\n  Time-stamp root ").append(root.name()).append('\n');
            entry(out, "certificate", Digest.of(root.der()));
        }
        for (Approvers.Approver approver : trust.approvers().officers()) {
            out.append("\n  Officer ").append(approver.officer().id()).append(", ");
            out.append(approver.validity().words()).append('\n');
            entry(
                    out,
                    approver.officer().key().algorithm().label(),
                    approver.officer().key().id());
        }
        out.append("\n  Witnesses needed: ").append(trust.quorum().name()).append('\n');
        out.append("  Time-stamp needed: ")
                .append(trust.timeDemanded() ? "yes" : "no")
                .append('\n');
        out.append("  Approvals needed: ")
                .append(trust.approvers().demanded() ? "yes" : "no")
                .append('\n');
        out.append("\n  SHA-256 of the trust file\n");
        entry(out, "sha256", Digest.of(file(trust).getBytes(StandardCharsets.UTF_8)));
        return out.append(rule).toString();
    }

    /** The 64 digits in two lines of eight groups. */
    private static void entry(StringBuilder out, String label, Digest digest) {
        String hex = digest.hex();
        out.append("    ").append(label).append('\n');
        for (int line = 0; line < 2; line++) {
            out.append("     ");
            for (int at = line * 32; at < line * 32 + 32; at += HEX_GROUP) {
                out.append(' ').append(hex, at, at + HEX_GROUP);
            }
            out.append('\n');
        }
    }
}
