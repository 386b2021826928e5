package io.strongroom.policies.diff;

import io.strongroom.policies.diff.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What becomes of the fields of one record. Bundles may cut a record into fields differently: what one takes for a single
 * field, such as an object whose member names are sensitive, another decides about member by member. Then the outer one is
 * named, and no name inside it is told.
 */
final class FieldOutcomes {
    private static final String INSIDE = "in it: ";

    // With a slash behind each pointer, what stands in an object comes right behind it.
    private final SortedMap<String, String> byPlace = new TreeMap<>();
    private final String unlisted;

    /** @param unlisted what becomes of fields that are not added; empty if all are */
    FieldOutcomes(String unlisted) {
        this.unlisted = unlisted;
    }

    void add(String pointer, String outcome) {
        byPlace.put(pointer + "/", outcome);
    }

    /** Where these become something else. */
    List<Difference> differences(Kind kind, FieldOutcomes after) {
        List<Difference> differences = new ArrayList<>();
        SortedSet<String> places = new TreeSet<>(byPlace.keySet());
        places.addAll(after.byPlace.keySet());
        String outer = null;
        for (String place : places) {
            if (outer != null && place.startsWith(outer)) {
                continue;
            }
            outer = place;
            String old = at(place);
            String made = after.at(place);
            if (!old.equals(made)) {
                differences.add(new Difference(kind, place.substring(0, place.length() - 1), old, made));
            }
        }
        return differences;
    }

    private String at(String place) {
        String outcome = byPlace.get(place);
        if (outcome != null) {
            return outcome;
        }
        Map<String, String> inside = byPlace.subMap(place, place.substring(0, place.length() - 1) + '0');
        if (inside.isEmpty()) {
            return unlisted;
        }
        SortedSet<String> outcomes = new TreeSet<>(inside.values());
        // Where all fields are known and the same becomes of each, the cut makes no difference.
        return unlisted.isEmpty() && outcomes.size() == 1 ? outcomes.first() : INSIDE + String.join(", ", outcomes);
    }
}
