package io.strongroom.console.work;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * A window on items of which nobody knows how many there are. It grows at its end, part by part, as somebody comes near
 * the end, each part by the cursor that the one before gave. Once it is as long as it may be, parts leave it at the other
 * end; they come back as somebody comes near that, by the cursors that they had. So it takes no more memory for millions
 * than for thousands, but for a cursor a part. For the UI thread alone.
 */
public final class GrowingList<T> extends ObservableListBase<T> {
    /** Where what is known ends today. */
    public enum End {
        /** There is more. */
        OPEN,
        /** More is on its way. */
        READING,
        /** There is more, but nothing came for so long that one should say whether to look on. */
        PAUSED,
        /** There is more, but it did not come. */
        FAILED,
        /** There is nothing behind the last item. */
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

    /** Keeps what somebody looks at where it is while the list moves under them. */
    @FunctionalInterface
    public interface Anchor {
        /**
         * Called before the list moves: the items from {@code from} to {@code to}, excluded, stay in it, so many places
         * further down; all others leave it.
         *
         * @return run when it has moved
         */
        Runnable hold(int from, int to, int down);
    }

    /** How many parts without any item are read in a row before one is asked whether to look on. */
    private static final int MOST_EMPTY = 25;

    /** A part that is not here, and how to read it again. */
    private record Place(@Nullable String cursor) {}

    /** A part that is here. @param first counted from the first item of all */
    private record Shown<T>(@Nullable String cursor, long first, List<T> items) {
        long end() {
            return first + items.size();
        }

        Place place() {
            return new Place(cursor);
        }
    }

    private final Background background;
    private final Source<T> source;
    private final int most;
    private final Deque<Place> before = new ArrayDeque<>();
    private final List<Shown<T>> shown = new ArrayList<>();
    private final Deque<Place> behind = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<End> end = new ReadOnlyObjectWrapper<>(End.OPEN);
    private final ReadOnlyObjectWrapper<@Nullable Exception> problem = new ReadOnlyObjectWrapper<>();
    private Anchor anchor = (from, to, down) -> () -> {};
    private int emptyParts;
    /** Where the first part begins that was never read; null where all were. */
    private @Nullable String next;

    private boolean reading;
    private boolean backwards;
    private boolean closed;

    /**
     * A list that begins with this part. It may be made on any thread; nothing is read before somebody looks.
     *
     * @param most about how many items are in it at most
     */
    public GrowingList(Background background, Source<T> source, Part<T> first, int most) {
        this.background = background;
        this.source = source;
        this.most = most;
        next = first.next();
        if (!first.items().isEmpty()) {
            shown.add(new Shown<>(null, 0, first.items()));
        }
        end.set(rest());
    }

    @Override
    public int size() {
        return shown.isEmpty() ? 0 : Math.toIntExact(shown.getLast().end() - skipped());
    }

    /** How many items come before the first of these. */
    public long skipped() {
        return shown.isEmpty() ? 0 : shown.getFirst().first();
    }

    /** Where it ends today. */
    public ReadOnlyObjectProperty<End> end() {
        return end.getReadOnlyProperty();
    }

    /** Why a part did not come; null where all did. */
    public ReadOnlyObjectProperty<@Nullable Exception> problem() {
        return problem.getReadOnlyProperty();
    }

    /** Who keeps what is looked at in its place. */
    public void anchoredBy(Anchor how) {
        anchor = how;
    }

    @Override
    public T get(int index) {
        Objects.checkIndex(index, size());
        long place = skipped() + index;
        int low = 0;
        int high = shown.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (shown.get(middle).first() <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Shown<T> part = shown.get(low);
        return part.items().get(Math.toIntExact(place - part.first()));
    }

    /**
     * Somebody looks at this item: what is near it is read, if it is not here. To be said again once what was on its way has
     * come, for as long as they look.
     */
    public void near(int index) {
        if (end.get() == End.OPEN && (shown.isEmpty() || index >= size() - half(shown.getLast()))) {
            grow();
        } else if ((end.get() == End.OPEN || end.get() == End.CLOSED)
                && !before.isEmpty()
                && index < half(shown.getFirst())) {
            backwards = true;
            end.set(End.READING);
            read();
        }
    }

    private static int half(Shown<?> part) {
        return Math.max(1, part.items().size() / 2);
    }

    /** Reads on, also where that failed or paused before. */
    public void grow() {
        if (!closed && end.get() != End.READING && (backwards || rest() == End.OPEN)) {
            emptyParts = 0;
            end.set(End.READING);
            read();
        }
    }

    /** How it ends where nothing is on its way. */
    private End rest() {
        return next == null && behind.isEmpty() ? End.CLOSED : End.OPEN;
    }

    private void read() {
        if (reading || closed) {
            return;
        }
        if (backwards) {
            Place place = before.getLast();
            start(place.cursor(), part -> cameBack(place, part));
        } else if (end.get() == End.READING) {
            Place known = behind.peekFirst();
            String cursor = known == null ? next : known.cursor();
            start(cursor, part -> follow(cursor, known, part));
        }
    }

    private void cameBack(Place place, Part<T> part) {
        backwards = false;
        before.removeLast();
        if (part.items().isEmpty()) {
            end.set(rest());
            return;
        }
        int coming = part.items().size();
        int leaving = leaving(shown.reversed(), coming);
        Runnable held = anchor.hold(0, size() - leaving, coming);
        beginChange();
        shown.addFirst(new Shown<>(place.cursor(), skipped() - coming, part.items()));
        nextAdd(0, coming);
        for (int left = 0; left < leaving; ) {
            Shown<T> last = shown.removeLast();
            behind.addFirst(last.place());
            nextRemove(size(), last.items());
            left += last.items().size();
        }
        endChange();
        held.run();
        end.set(rest());
    }

    private void follow(@Nullable String cursor, @Nullable Place known, Part<T> part) {
        if (known == null) {
            next = part.next();
        } else {
            behind.removeFirst();
        }
        if (part.items().isEmpty()) {
            emptyParts++;
            // Nothing that one could look at has come: what was wanted is still wanted.
            end.set(rest() == End.CLOSED ? End.CLOSED : emptyParts < MOST_EMPTY ? End.READING : End.PAUSED);
            return;
        }
        emptyParts = 0;
        int leaving = leaving(shown, part.items().size());
        int length = size();
        Runnable held = leaving == 0 ? () -> {} : anchor.hold(leaving, length, -leaving);
        beginChange();
        shown.add(new Shown<>(cursor, shown.isEmpty() ? 0 : shown.getLast().end(), part.items()));
        nextAdd(length, length + part.items().size());
        for (int left = 0; left < leaving; ) {
            Shown<T> first = shown.removeFirst();
            before.addLast(first.place());
            nextRemove(0, first.items());
            left += first.items().size();
        }
        endChange();
        held.run();
        end.set(rest());
    }

    /** How many items leave at one end, part by part, when so many come in at the other; the last part stays. */
    private int leaving(List<Shown<T>> parts, int coming) {
        int leaving = 0;
        for (Shown<T> part : parts.subList(0, Math.max(0, parts.size() - 1))) {
            if (size() + coming - leaving <= most) {
                break;
            }
            leaving += part.items().size();
        }
        return leaving;
    }

    private interface Taker<V> {
        void take(V value);
    }

    private void start(@Nullable String cursor, Taker<Part<T>> taker) {
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
                    end.set(End.FAILED);
                }
            }
        });
    }

    /** Nothing is read any more. */
    public void close() {
        closed = true;
    }
}
