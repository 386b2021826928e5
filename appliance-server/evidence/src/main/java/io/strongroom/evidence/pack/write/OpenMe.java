package io.strongroom.evidence.pack.write;

import io.strongroom.evidence.Rfc3339;
import io.strongroom.evidence.note.Checkpoint;
import java.nio.charset.StandardCharsets;

/** Renders the report for a person: one file, no script, nothing from the network, everything escaped. */
final class OpenMe {
    private OpenMe() {}

    static String render(PackDescription pack, Preview preview) {
        Checkpoint head = pack.head();
        long from = pack.range().from();
        long to = pack.range().to();
        StringBuilder page = new StringBuilder(HEAD.replace("@TITLE@", escape(pack.packId())));
        page.append("<header><p class=\"brand\">Strongroom</p><h1>Evidence pack</h1><p class=\"id\">")
                .append(escape(pack.packId()))
                .append("</p></header>\n<main>\n<section class=\"cards\">\n");
        card(page, "Organisation", pack.tenant().value());
        card(page, "Made at", Rfc3339.format(pack.createdAt()));
        card(page, "Made for", pack.reader().id() + " (" + pack.reader().role() + ")");
        card(page, "Purpose", pack.purpose());
        page.append("</section>\n");
        page.append("<section><h2>What this is</h2><p>Records of what happened, taken from a ledger in which nothing "
                + "can be changed or left out without it showing. This pack covers the places ");
        page.append(from == to ? "of an empty range" : "<b>" + from + "</b> to <b>" + (to - 1) + "</b>");
        page.append(" of the ledger, <b>")
                .append(to - from)
                .append(
                        "</b> in all. It holds the records that were asked for; of every other place in this range it "
                                + "holds a fingerprint, so that you can see how many were left out, and where.</p></section>\n");
        page.append("<section class=\"verify\"><h2>Check it yourself</h2><p>This page is a summary and proves nothing: "
                + "anybody could have written it. The proof is in the files beside it. On a machine without network, "
                + "run</p><pre>java -jar strongroom-verifier.jar ");
        page.append(escape(pack.packId()));
        page.append(".zip --trust trust.txt</pre><p>with the trust file that you were given when the installation was "
                + "set up, and not with one that came with this pack. <code>README-verify.md</code> says how to check "
                + "everything by hand.</p></section>\n");
        page.append("<section><h2>Where it stands</h2><dl>");
        item(page, "Ledger", head.origin());
        item(page, "Size at the checkpoint", Long.toString(head.size()));
        item(page, "Root hash", head.root().toString());
        item(page, "Asked for", new String(pack.selection(), StandardCharsets.UTF_8));
        if (!pack.withhold().isEmpty()) {
            item(page, "Left out on request", withheld(pack));
        }
        for (PolicyFiles policy : pack.policies()) {
            item(page, "Policy", policy.version() + " " + policy.digest());
        }
        item(page, "Written by", pack.tool().name() + " " + pack.tool().version());
        page.append("</dl></section>\n");
        table(page, preview);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static String withheld(PackDescription pack) {
        return pack.withhold().contains("") ? "all that is kept apart of records" : String.join(", ", pack.withhold());
    }

    private static void table(StringBuilder page, Preview preview) {
        page.append("<section><h2>The first records</h2>");
        if (preview.rows().isEmpty()) {
            page.append("<p>No record of the range was selected, or none may be shown to this reader.</p></section>\n");
            return;
        }
        page.append("<p>All of them stand in <code>data/records/</code>, one a line.</p>"
                + "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Place</th><th scope=\"col\">Time</th>"
                + "<th scope=\"col\">Who</th><th scope=\"col\">Did what</th><th scope=\"col\">To what</th>"
                + "<th scope=\"col\">Outcome</th></tr></thead><tbody>\n");
        for (Preview.Row row : preview.rows()) {
            page.append("<tr><td class=\"n\">").append(row.seq()).append("</td>");
            for (String cell : new String[] {row.time(), row.actor(), row.action(), row.resource(), row.outcome()}) {
                page.append("<td>").append(escape(cell)).append("</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div></section>\n");
    }

    private static void card(StringBuilder page, String label, String value) {
        page.append("<div class=\"card\"><p class=\"label\">")
                .append(label)
                .append("</p><p class=\"value\">")
                .append(escape(value))
                .append("</p></div>\n");
    }

    private static void item(StringBuilder page, String label, String value) {
        page.append("<dt>")
                .append(label)
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>");
    }

    /** Safe in text and in attributes; control and direction characters are shown, not obeyed. */
    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    if (Character.getType(c) == Character.CONTROL
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE) {
                        safe.append("\\u{").append(Integer.toHexString(c)).append('}');
                    } else {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>Evidence pack @TITLE@</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6776; --line: #dfe4ea; --page: #f6f7f9;
              --sheet: #ffffff; --accent: #1f5f8b; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e8ecf1; --soft: #9aa7b5; --line: #2d3743;
              --page: #12171d; --sheet: #1a212a; --accent: #7db8e0; } }
            * { box-sizing: border-box; }
            body { margin: 0; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
              color: var(--ink); background: var(--page); }
            header, main { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
            header { padding-top: 3rem; }
            h1 { margin: 0; font-size: 2.2rem; letter-spacing: -0.02em; }
            h2 { margin: 0 0 0.5rem; font-size: 1.15rem; }
            .brand { margin: 0 0 0.25rem; color: var(--accent); font-weight: 600; letter-spacing: 0.04em; }
            .id { margin: 0.25rem 0 1.5rem; color: var(--soft); font-family: ui-monospace, Consolas, monospace; }
            section { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
              padding: 1.25rem 1.5rem; margin: 0 0 1.25rem; }
            section.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem;
              background: none; border: 0; padding: 0; }
            .card { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px;
              padding: 0.9rem 1.1rem; }
            .label { margin: 0; color: var(--soft); font-size: 0.85rem; }
            .value { margin: 0.15rem 0 0; font-weight: 600; overflow-wrap: anywhere; }
            .verify { border-left: 4px solid var(--accent); }
            pre { margin: 0.75rem 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px;
              background: var(--page); overflow-x: auto; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 1.5rem; margin: 0; }
            dt { color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, Consolas, monospace;
              font-size: 0.9rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
            th, td { padding: 0.45rem 0.75rem; text-align: left; vertical-align: top;
              border-bottom: 1px solid var(--line); }
            th { color: var(--soft); font-weight: 600; }
            td { overflow-wrap: anywhere; }
            td.n { text-align: right; }
            @media print { body { background: none; } section, .card { break-inside: avoid; } }
            </style>
            </head>
            <body>
            """;
}
