package io.strongroom.console.work;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * A list of which nobody knows how long it is: it grows at its end, part by part, as somebody comes near the end, each
 * part by the cursor that the one before gave. It never shrinks and nothing in it moves. Of a long one only the parts
 * looked at last are kept; an item of another is null until its part was read again, by the cursor that it had. For the UI
 * thread alone.
 *
 * <p>It ends at {@value #MOST} items even where there are more, since whatever shows a list in JavaFX goes through all of
 * its places at each layout; what follows begins, at {@link #next}, a list of its own.
 */
public final class GrowingList<T> extends ObservableListBase<@Nullable T> {
    /** Where the list ends today. */
    public enum End {
        /** There is more. */
        OPEN,
        /** More is on its way. */
        READING,
        /** There is more, but nothing came for so long that one should say whether to look on. */
        PAUSED,
        /** There is more, but it did not come. */
        FAILED,
        /** There is more, but this list is as long as one can be; the rest needs a list of its own. */
        FULL,
        /** All is here. */
        CLOSED
    }

    /** Where parts come from. */
    @FunctionalInterface
    public interface Source<T> {
        /** Reads the part that begins at a cursor; null for the first. Never called twice at once. */
        Part<T> read(@Nullable String cursor) throws Exception;
    }

    /**
     * Some items.
     *
     * @param next where the next part begins; null where there is none
     */
    public record Part<T>(List<T> items, @Nullable String next) {
        public Part {
            items = List.copyOf(items);
        }
    }

    /** As many items as one list has. */
    static final int MOST = 100_000;

    /** How many parts without any item are read in a row before one is asked whether to look on. */
    private static final int MOST_EMPTY = 25;

    /** Where a part stands, and how to read it again. */
    private record Place(int first, int count, @Nullable String cursor) {}

    private final Background background;
    private final Source<T> source;
    private final int mostKept;
    private final List<Place> places = new ArrayList<>();
    private final SequencedMap<Integer, List<T>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final ReadOnlyObjectWrapper<End> end = new ReadOnlyObjectWrapper<>(End.OPEN);
    private final ReadOnlyObjectWrapper<@Nullable Exception> problem = new ReadOnlyObjectWrapper<>();
    private int size;
    private int keptItems;
    private int emptyParts;
    private @Nullable String next;
    private int missing = -1;
    private boolean reading;
    private boolean closed;

    /**
     * A list that begins with this part. It may be made on any thread; nothing is read before somebody looks.
     *
     * @param mostKept about how many items are kept at most
     */
    public GrowingList(Background background, Source<T> source, Part<T> first, int mostKept) {
        this.background = background;
        this.source = source;
        this.mostKept = mostKept;
        append(null, first);
        if (end.get() == End.READING) {
            end.set(End.OPEN);
        }
    }

    @Override
    public int size() {
        return size;
    }

    /** Where it ends today. */
    public ReadOnlyObjectProperty<End> end() {
        return end.getReadOnlyProperty();
    }

    /** Where it goes on; null where nothing follows. */
    public @Nullable String next() {
        return next;
    }

    /** Why a part did not come; null where all did. */
    public ReadOnlyObjectProperty<@Nullable Exception> problem() {
        return problem.getReadOnlyProperty();
    }

    @Override
    public @Nullable T get(int index) {
        Objects.checkIndex(index, size);
        int number = number(index);
        List<T> items = kept.get(number);
        if (items == null) {
            missing = number;
            read();
            return null;
        }
        int at = index - places.get(number).first();
        return at < items.size() ? items.get(at) : null;
    }

    private int number(int index) {
        int low = 0;
        int high = places.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (places.get(middle).first() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Somebody looks at this item: if it is near the end, more is read. */
    public void near(int index) {
        int lastPart = places.isEmpty() ? 0 : places.getLast().count();
        if (end.get() == End.OPEN && index >= size - Math.max(1, lastPart / 2)) {
            grow();
        }
    }

    /** Reads on, also where that failed or paused before. */
    public void grow() {
        if (!closed && next != null && end.get() != End.READING && end.get() != End.FULL) {
            emptyParts = 0;
            end.set(End.READING);
            read();
        }
    }

    /** What somebody looks at comes before what is further down. */
    private void read() {
        if (reading || closed) {
            return;
        }
        if (missing >= 0) {
            refill(missing);
        } else if (end.get() == End.READING) {
            extend();
        }
    }

    private void refill(int number) {
        missing = -1;
        String cursor = places.get(number).cursor();
        start(cursor, part -> refilled(number, part), why -> {});
    }

    private void refilled(int number, Part<T> part) {
        Place place = places.get(number);
        keep(number, part.items());
        beginChange();
        for (int i = place.first(); i < place.first() + place.count(); i++) {
            nextUpdate(i);
        }
        endChange();
    }

    private void extend() {
        String cursor = Objects.requireNonNull(next);
        start(
                cursor,
                part -> {
                    int before = size;
                    beginChange();
                    append(cursor, part);
                    if (size > before) {
                        nextAdd(before, size);
                    }
                    endChange();
                },
                why -> end.set(End.FAILED));
    }

    private void append(@Nullable String cursor, Part<T> part) {
        next = part.next();
        if (!part.items().isEmpty()) {
            places.add(new Place(size, part.items().size(), cursor));
            size += part.items().size();
            keep(places.size() - 1, part.items());
            emptyParts = 0;
        } else {
            emptyParts++;
        }
        if (next == null) {
            end.set(End.CLOSED);
        } else if (size >= MOST) {
            end.set(End.FULL);
        } else if (!part.items().isEmpty()) {
            end.set(End.OPEN);
        } else {
            // Nothing that one could look at has come: what was wanted is still wanted.
            end.set(emptyParts < MOST_EMPTY ? End.READING : End.PAUSED);
        }
    }

    private void keep(int number, List<T> items) {
        List<T> before = kept.put(number, items);
        keptItems += items.size() - (before == null ? 0 : before.size());
        while (keptItems > mostKept && kept.size() > 2) {
            Map.Entry<Integer, List<T>> eldest = kept.firstEntry();
            kept.remove(eldest.getKey());
            keptItems -= eldest.getValue().size();
        }
    }

    private interface Taker<V> {
        void take(V value);
    }

    private void start(@Nullable String cursor, Taker<Part<T>> taker, Taker<Exception> refused) {
        reading = true;
        background.start(progress -> source.read(cursor), new Answer<Part<T>>() {
            @Override
            public void done(Part<T> part) {
                reading = false;
                if (!closed) {
                    problem.set(null);
                    taker.take(part);
                    read();
                }
            }

            @Override
            public void failed(Exception why) {
                reading = false;
                if (!closed) {
                    problem.set(why);
                    refused.take(why);
                    read();
                }
            }
        });
    }

    /** Nothing is read any more. */
    public void close() {
        closed = true;
    }
}
