package io.strongroom.server.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * What a stretch of the ledger tells of devices.
 *
 * @param from its first entry
 * @param end one past its last entry
 * @param observations in the ledger's order
 * @param unreadable what of it should tell something, and does not
 */
record ObservationBatch(long from, long end, List<Observation> observations, List<Unreadable> unreadable) {
    ObservationBatch {
        observations = List.copyOf(observations);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A record of a device of which nothing can be made.
     *
     * @param reason in the appliance's own words, never the record's
     */
    record Unreadable(long seq, String reason) {}

    /** Cut in two, each with half of the observations. */
    List<ObservationBatch> halves() {
        int middle = observations.size() / 2;
        long cut = observations.get(middle).seq();
        return List.of(
                new ObservationBatch(
                        from,
                        cut,
                        observations.subList(0, middle),
                        unreadable.stream().filter(each -> each.seq() < cut).toList()),
                new ObservationBatch(
                        cut,
                        end,
                        observations.subList(middle, observations.size()),
                        unreadable.stream().filter(each -> each.seq() >= cut).toList()));
    }

    /** The same with its one observation passed over. */
    ObservationBatch passedOver(String reason) {
        List<Unreadable> more = new ArrayList<>(unreadable);
        more.add(new Unreadable(observations.getFirst().seq(), reason));
        return new ObservationBatch(from, end, List.of(), more);
    }
}
