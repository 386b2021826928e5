package io.strongroom.server.projection;

import java.util.List;

/**
 * The values of one field, the most frequent first.
 *
 * @param field the field
 * @param values at most as many as were asked for
 * @param others the records with any other value
 */
public record Facet(Field field, List<FacetCount> values, long others) {
    public Facet {
        values = List.copyOf(values);
    }
}
