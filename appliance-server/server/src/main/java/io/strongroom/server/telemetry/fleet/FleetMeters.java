package io.strongroom.server.telemetry.fleet;

import io.strongroom.server.database.DatabaseException;
import io.strongroom.server.metrics.MeterSource;
import io.strongroom.server.metrics.Meters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fleet's numbers for Prometheus. */
final class FleetMeters implements MeterSource {
    private final FleetNumbers numbers;

    FleetMeters(FleetNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public void describe(Meters meters) {
        List<FleetNumber> all;
        try {
            all = numbers.read();
        } catch (DatabaseException e) {
            // The database's own check tells that; a scrape without the fleet is better than none.
            return;
        }
        for (FleetNumber number : all) {
            Map<Map<String, String>, Double> values = new LinkedHashMap<>();
            number.values().forEach(value -> values.put(value.labels(), value.value()));
            meters.gauges(number.name(), number.help(), values);
        }
    }
}
