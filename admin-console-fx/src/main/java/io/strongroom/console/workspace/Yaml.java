package io.strongroom.console.workspace;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/** Which part of a YAML text is what, as style classes. It colours, and judges nothing: what is wrong the loader says. */
final class Yaml {
    private static final Pattern PARTS = Pattern.compile(
            "(?<comment>(?<=^|\\s)#[^\\n"
                    + "]*)|(?<text>\"(?:[^\"\\\\\\n"
                    + "]|\\\\.)*+\"|'(?:[^'\\n"
                    + "]|'')*+')|(?<key>[A-Za-z0-9_./*-]++(?=\\s*:(?:\\s|$)))|(?<mark>[\\[\\]{},:]|^\\s*-(?=\\s))"
                    + "|(?<number>(?<![A-Za-z0-9_./-])-?[0-9]++(?:\\.[0-9]++)?(?![A-Za-z0-9_./-]))"
                    + "|(?<word>(?<![A-Za-z0-9_./-])(?:true|false|null|none|year|last4|hash|redact|omit|PUBLIC|INTERNAL|CONFIDENTIAL|RESTRICTED)(?![A-Za-z0-9_./-]))",
            Pattern.MULTILINE);
    private static final List<String> NAMES = List.of("comment", "text", "key", "mark", "number", "word");

    private Yaml() {}

    static StyleSpans<Collection<String>> styles(String text) {
        StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
        Matcher matcher = PARTS.matcher(text);
        int end = 0;
        while (matcher.find()) {
            spans.add(Collections.emptyList(), matcher.start() - end);
            for (String name : NAMES) {
                if (matcher.group(name) != null) {
                    spans.add(List.of("yaml-" + name), matcher.end() - matcher.start());
                    break;
                }
            }
            end = matcher.end();
        }
        spans.add(Collections.emptyList(), text.length() - end);
        return spans.create();
    }
}
