package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import io.strongroom.evidence.Printable;
import io.strongroom.evidence.pack.verify.Finding;
import java.util.stream.Collectors;

/** What the verifier found, in the language of the screen. */
final class Said {
    private static final String KEY = "pack.said.";

    private Said() {}

    static String of(Finding finding, Texts texts) {
        return finding.remarks().stream()
                .map(remark -> Printable.of(
                        texts.get(KEY + remark.saying(), remark.arguments().toArray())))
                .collect(Collectors.joining(" "));
    }
}
