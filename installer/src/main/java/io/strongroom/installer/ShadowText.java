package io.strongroom.installer;

import io.strongroom.api.ShadowEvaluation;
import io.strongroom.api.ShadowEvaluation.Count;
import io.strongroom.api.ShadowEvaluation.Summary;
import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a shadow evaluation found, for people to read. */
final class ShadowText {
    private static final int MOST_CHANGES = 30;

    private ShadowText() {}

    /** A line for each sort of decision: how many were made again, and how many change. */
    static String summary(Summary summary) {
        return String.format(
                        Locale.ROOT,
                        "  %-28s %12s %12s %12s %12s%n",
                        "",
                        "decided",
                        "changed",
                        "partly",
                        "not repeated")
                + line("what is kept of records", summary.intake())
                + line("what roles see of them", summary.visibility())
                + line("readings and packs", summary.reads());
    }

    private static String line(String what, Count count) {
        return String.format(
                Locale.ROOT,
                "  %-28s %,12d %,12d %,12d %,12d%n",
                what,
                count.decided(),
                count.changed(),
                count.partly(),
                count.notRepeated());
    }

    /** What it compared, in a line; and whether that still counts. */
    static String compared(ShadowEvaluation shadow) {
        String base = shadow.baseCommit() == null ? "the built-in bundle" : "commit " + shadow.baseCommit();
        return shadow.days() + (shadow.days() == 1 ? " day" : " days") + " before " + shadow.startedAt() + ", commit "
                + shadow.commit() + " against " + base
                + (shadow.stale() ? "\nSTALE: the proposal, or what is in force, is another by now" : "");
    }

    /** The changes that were seen most. */
    static String changes(Json.Obj report) {
        List<Json.Obj> changes = report.objects("changes", change -> change);
        StringBuilder text = new StringBuilder();
        changes.stream().limit(MOST_CHANGES).forEach(change -> text.append(change(change)));
        if (changes.size() > MOST_CHANGES) {
            text.append("and ").append(changes.size() - MOST_CHANGES).append(" others: --json tells them\n");
        }
        if (report.integer("changesNotTold") > 0) {
            text.append("and more: the report has no room for all\n");
        }
        return text.toString();
    }

    private static String change(Json.Obj change) {
        String who = change.optionalText("who");
        String stream = change.optionalText("stream");
        String samples = change.objects("samples", sample -> sample.text("recordId")).stream()
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "%,d × %s%s%s%s: %s → %s%n    such as %s%n",
                change.integer("seen"),
                who == null ? "" : who + ", ",
                change.text("kind"),
                change.text("field").isEmpty() ? "" : " of " + change.text("field"),
                stream == null ? "" : " in " + stream,
                change.text("before"),
                change.text("after"),
                samples);
    }
}
