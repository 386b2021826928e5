package io.strongroom.bench;

import org.jspecify.annotations.Nullable;

/**
 * One line of a report: our figure beside the peer's.
 *
 * @param value our figure, in {@code unit}
 * @param peer what the peer is, in a few words; null where the figure stands alone
 * @param peerValue the peer's figure, measured in the same run, in the same unit
 * @param higherIsBetter whether a larger value is the better one, which decides how the ratio is formed
 */
record Row(
        String name,
        double value,
        String unit,
        @Nullable String peer,
        @Nullable Double peerValue,
        boolean higherIsBetter) {

    static Row alone(String name, double value, String unit) {
        return new Row(name, value, unit, null, null, true);
    }

    /** How good we are, with the peer as 1: more is always better. Null where there is no peer. */
    @Nullable
    Double ratio() {
        if (peerValue == null) {
            return null;
        }
        return higherIsBetter ? value / peerValue : peerValue / value;
    }
}
