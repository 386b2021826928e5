package io.strongroom.console.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;
import org.jspecify.annotations.Nullable;

/**
 * A long list of which only the pages are here that somebody looks at. An item of a page that is on its way is null; when
 * the page has come, the list tells that its items changed. Keeps the newest pages only. For the UI thread alone.
 */
public final class PagedList<T> extends ObservableListBase<@Nullable T> {
    private static final int MOST_PAGES = 64;

    /** Where pages come from. */
    @FunctionalInterface
    public interface Source<T> {
        /** Reads some items; never called twice at once. */
        List<T> page(long first, int count) throws Exception;
    }

    private final Background background;
    private final Source<T> source;
    private final Consumer<Exception> failed;
    private final int size;
    private final int pageSize;
    private final SequencedMap<Integer, List<T>> pages = new LinkedHashMap<>(16, 0.75f, true);
    private int wanted = -1;
    private boolean reading;
    private boolean closed;

    /**
     * A list of {@code size} items.
     *
     * @param failed is told why a page did not come; it is asked for again when somebody looks there again
     */
    public PagedList(Background background, Source<T> source, int size, int pageSize, Consumer<Exception> failed) {
        this.background = background;
        this.source = source;
        this.size = size;
        this.pageSize = pageSize;
        this.failed = failed;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable T get(int index) {
        java.util.Objects.checkIndex(index, size);
        int number = index / pageSize;
        List<T> page = pages.get(number);
        if (page == null) {
            want(number);
            return null;
        }
        int at = index - number * pageSize;
        return at < page.size() ? page.get(at) : null;
    }

    /** Of all pages that were wanted while another was on its way, only the last is worth reading: one scrolled on. */
    private void want(int number) {
        wanted = number;
        if (!reading && !closed) {
            read();
        }
    }

    private void read() {
        int number = wanted;
        wanted = -1;
        reading = true;
        background.start(progress -> source.page((long) number * pageSize, pageSize), new Answer<List<T>>() {
            @Override
            public void done(List<T> page) {
                reading = false;
                arrived(number, page);
                next();
            }

            @Override
            public void failed(Exception why) {
                reading = false;
                failed.accept(why);
                next();
            }
        });
    }

    private void next() {
        if (wanted >= 0 && !closed && !pages.containsKey(wanted)) {
            read();
        }
    }

    private void arrived(int number, List<T> page) {
        if (closed) {
            return;
        }
        pages.put(number, page);
        if (pages.size() > MOST_PAGES) {
            Map.Entry<Integer, List<T>> eldest = pages.firstEntry();
            pages.remove(eldest.getKey());
        }
        beginChange();
        int first = number * pageSize;
        for (int i = first; i < Math.min(first + page.size(), size); i++) {
            nextUpdate(i);
        }
        endChange();
    }

    /** Nothing is read any more. */
    public void close() {
        closed = true;
    }
}
