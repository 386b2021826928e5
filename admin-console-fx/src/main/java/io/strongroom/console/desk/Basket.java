package io.strongroom.console.desk;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/** Records that were put aside for a pack: their ids, a line each, under the key {@value #KEY} of what is kept. */
public final class Basket {
    private static final String KEY = "basket";

    private final Kept kept;
    private final ReadOnlyIntegerWrapper size = new ReadOnlyIntegerWrapper();

    /** The one that is kept here; what another puts into it is seen after {@link #look}. */
    public Basket(Kept kept) {
        this.kept = kept;
        look();
    }

    public ReadOnlyIntegerProperty size() {
        return size.getReadOnlyProperty();
    }

    public List<String> ids() {
        return kept.get(KEY).orElse("").lines().filter(line -> !line.isBlank()).toList();
    }

    /** Reads it again: a pack may have taken what was in it. */
    public void look() {
        size.set(ids().size());
    }

    public void add(Collection<String> recordIds) {
        Set<String> all = new LinkedHashSet<>(ids());
        all.addAll(recordIds);
        kept.put(KEY, String.join("\n", all));
        look();
    }

    /** Takes out what has gone into a pack. */
    public void remove(Collection<String> recordIds) {
        Set<String> left = new LinkedHashSet<>(ids());
        left.removeAll(recordIds);
        kept.put(KEY, String.join("\n", left));
        look();
    }

    public void empty() {
        kept.remove(KEY);
        look();
    }
}
