package io.strongroom.server.telemetry.fleet;

import java.util.List;
import java.util.Map;

/**
 * A number that is so now, by labels.
 *
 * @param name in Prometheus' form, with its unit
 */
record FleetNumber(String name, String help, List<Value> values) {
    FleetNumber {
        values = List.copyOf(values);
    }

    /** @param labels names and values, of which there are few */
    record Value(Map<String, String> labels, double value) {}
}
