package io.strongroom.console.workspace;

import io.strongroom.console.rules.RulesClone;
import io.strongroom.console.text.Texts;
import org.jspecify.annotations.Nullable;

/** What can be done with the draft now; each null while it can, and why not else, which is empty while there is no draft yet. */
record May(
        @Nullable String edit,
        @Nullable String begin,
        @Nullable String commit,
        @Nullable String follow,
        @Nullable String propose) {
    /** Nothing is there to do anything with. */
    static final May NOTHING = new May("", "", "", "", "");

    /**
     * Judges it.
     *
     * @param checked what is known of the draft as it is now; null while nothing is
     * @param acting whether something is being done with it
     * @param lost whether the connection is lost
     */
    static May of(RulesClone.State now, @Nullable Checked checked, boolean acting, boolean lost, Texts texts) {
        String busy = acting ? texts.get("workspace.why.busy") : null;
        String away = lost ? texts.get("workspace.why.lost") : null;
        String main = now.isDraft() ? null : texts.get("workspace.why.main");
        String dirty = now.changed().isEmpty() ? null : texts.get("workspace.why.dirty");
        return new May(
                first(busy, main),
                first(busy, dirty),
                first(busy, main, dirty == null ? texts.get("workspace.why.clean") : null),
                first(busy, main, dirty, now.behind() == 0 ? texts.get("workspace.why.current") : null),
                first(busy, away, main, proposing(now, checked, texts)));
    }

    private static @Nullable String proposing(RulesClone.State now, @Nullable Checked checked, Texts texts) {
        if (now.ahead() == 0 && now.changed().isEmpty()) {
            return texts.get("workspace.why.nothing");
        } else if (now.behind() > 0) {
            return texts.get("workspace.why.behind");
        } else if (checked == null) {
            return texts.get("workspace.why.unchecked");
        } else if (!checked.faults().isEmpty()) {
            return texts.get("workspace.why.faults");
        }
        return checked.isGood() ? null : texts.get("workspace.why.tests");
    }

    private static @Nullable String first(@Nullable String... reasons) {
        for (String reason : reasons) {
            if (reason != null) {
                return reason;
            }
        }
        return null;
    }
}
