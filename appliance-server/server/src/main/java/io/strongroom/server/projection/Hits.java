package io.strongroom.server.projection;

import java.util.List;

/**
 * Records that the read models think fit, in the order asked for. They are known by hashes only: compare each with a
 * {@link RecordMatcher} before it is shown.
 *
 * @param positions at most as many as were asked for
 * @param more whether there may be others behind the last
 */
public record Hits(List<Position> positions, boolean more) {
    public Hits {
        positions = List.copyOf(positions);
    }
}
