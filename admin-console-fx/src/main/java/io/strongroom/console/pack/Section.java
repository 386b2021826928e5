package io.strongroom.console.pack;

import java.util.List;

/**
 * Facts that belong together: for a screen and for a report.
 *
 * @param note what there is to say of them; empty for nothing
 */
record Section(String title, List<Fact> facts, String note) {
    Section {
        facts = List.copyOf(facts);
    }
}
