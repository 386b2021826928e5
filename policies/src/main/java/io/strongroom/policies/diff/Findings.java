package io.strongroom.policies.diff;

import io.strongroom.policies.diff.Change.Area;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects changes, and joins those that differ in their stream alone. */
final class Findings {
    private final int allStreams;
    private final Map<Key, List<String>> streams = new LinkedHashMap<>();

    private record Key(Area area, Phrase what) {}

    /**
     * @param allStreams how many streams there are; a change in all of them is one in every stream
     */
    Findings(int allStreams) {
        this.allStreams = allStreams;
    }

    void add(Area area, Phrase what) {
        streams.computeIfAbsent(new Key(area, what), key -> new ArrayList<>());
    }

    void add(Area area, String stream, Phrase what) {
        streams.computeIfAbsent(new Key(area, what), key -> new ArrayList<>()).add(stream);
    }

    /** By area, in the order found. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        streams.forEach((key, in) -> changes.add(
                new Change(key.area(), in.size() == allStreams ? List.of(Universe.EVERY_STREAM) : in, key.what())));
        changes.sort((a, b) -> a.area().compareTo(b.area()));
        return changes;
    }
}
