package io.strongroom.console.explorer;

import io.strongroom.console.desk.Kept;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Records that were put aside for a pack: their ids, a line each, under the key {@value #KEY} of what is kept. */
final class Basket {
    /** Whoever makes packs reads it there. */
    static final String KEY = "basket";

    private final Kept kept;
    private final ReadOnlyIntegerWrapper size = new ReadOnlyIntegerWrapper();

    Basket(Kept kept) {
        this.kept = kept;
        look();
    }

    ReadOnlyIntegerProperty size() {
        return size.getReadOnlyProperty();
    }

    List<String> ids() {
        return kept.get(KEY).orElse("").lines().filter(line -> !line.isBlank()).toList();
    }

    /** Reads it again: a pack may have taken what was in it. */
    void look() {
        size.set(ids().size());
    }

    void add(Collection<String> recordIds) {
        Set<String> all = new LinkedHashSet<>(ids());
        all.addAll(recordIds);
        kept.put(KEY, String.join("\n", all));
        look();
    }

    void empty() {
        kept.remove(KEY);
        look();
    }
}
