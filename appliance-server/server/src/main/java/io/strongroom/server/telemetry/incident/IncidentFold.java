package io.strongroom.server.telemetry.incident;

import io.strongroom.api.json.Json;
import io.strongroom.server.telemetry.Observation;
import io.strongroom.server.telemetry.incident.Incident.Deed;
import io.strongroom.server.telemetry.incident.Incident.Sighting;
import io.strongroom.server.telemetry.incident.rule.Finding;
import io.strongroom.server.telemetry.incident.rule.Memory;
import io.strongroom.server.telemetry.incident.rule.Rules;
import io.strongroom.server.telemetry.incident.rule.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes over observations in the ledger's order: what rules find opens incidents, keeps them up and clears them; what the
 * ledger says of incidents themselves ({@code system.incidents}) counts before anything that rules find. Without a database
 * and without a clock.
 */
final class IncidentFold {
    /** So many of one device may be active at once; what is found beyond is not followed, and counted. */
    static final int MOST_ACTIVE = 100;

    /** What an active incident is found by. */
    private record Place(String device, String rule, String subject) {}

    private final Rules rules;
    private final Map<String, Memory> memories;

    // All that are not closed of the devices at hand, and those that were changed. Active ones are found by their
    // place.
    private final Map<String, Incident> incidents = new LinkedHashMap<>();
    private final Map<Place, String> active = new HashMap<>();
    private final Map<String, Integer> activeOf = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private long passedOver;

    /**
     * @param memories of all devices that observations will be about
     * @param known all incidents of these devices that are not closed, and those that their records are about
     */
    IncidentFold(Rules rules, Map<String, Memory> memories, Collection<Incident> known) {
        this.rules = rules;
        this.memories = memories;
        known.forEach(this::hold);
    }

    void take(Observation observation) {
        if (observation.stream().equals(IncidentRecords.STREAM)) {
            recorded(observation);
            return;
        }
        if (!observation.stream().startsWith("system.")) {
            cleared(observation, new Finding.Cleared(Silence.RULE, ""));
        }
        Memory memory = memories.get(observation.device());
        if (memory == null) {
            throw new IllegalStateException("the memory of " + observation.device() + " is not at hand");
        }
        for (Finding finding : rules.judge(observation, memory)) {
            switch (finding) {
                case Finding.Raised raised -> raised(observation, raised);
                case Finding.Cleared cleared -> cleared(observation, cleared);
            }
        }
    }

    private void raised(Observation observation, Finding.Raised found) {
        Incident known = at(observation.device(), found.rule(), found.subject());
        if (known != null && !found.severity().isWorseThan(known.severity())) {
            keep(keptUp(known, observation));
            return;
        }
        if (known != null) {
            keep(cleared(known, observation));
        }
        if (activeOf.getOrDefault(observation.device(), 0) >= MOST_ACTIVE) {
            passedOver++;
            return;
        }
        keep(opened(
                observation, found.rule(), found.subject(), found.severity(), IncidentRecords.detail(found.detail())));
    }

    private void cleared(Observation observation, Finding.Cleared found) {
        Incident known = at(observation.device(), found.rule(), found.subject());
        if (known != null) {
            keep(cleared(known, observation));
        }
    }

    /** What the ledger says of an incident. */
    private void recorded(Observation record) {
        String id = record.text("incident").orElse("");
        Incident known = incidents.get(id);
        switch (record.action()) {
            case IncidentRecords.OPENED -> {
                if (known == null) {
                    // Found by the check for silence, or by rules as they were then.
                    keep(IncidentRecords.opened(record, id));
                } else if (known.recorded() == null) {
                    keep(with(known, record.seq(), known.cleared(), known.acknowledged(), known.closed()));
                }
            }
            case IncidentRecords.ACKNOWLEDGED -> {
                if (known != null && known.acknowledged() == null && known.closed() == null) {
                    keep(with(known, known.recorded(), known.cleared(), deed(record), null));
                }
            }
            case IncidentRecords.CLOSED -> {
                if (known != null && known.closed() == null) {
                    keep(with(known, known.recorded(), known.cleared(), known.acknowledged(), deed(record)));
                }
            }
            default -> {}
        }
    }

    private static Deed deed(Observation record) {
        return new Deed(
                record.text("by").orElse(""),
                record.occurredAt(),
                record.text("because").orElse(""));
    }

    static Incident opened(Observation observation, String rule, String subject, Severity severity, Json.Obj detail) {
        Sighting sighting = sighting(observation);
        return new Incident(
                Incident.id(observation.device(), rule, subject, observation.seq()),
                observation.device(),
                rule,
                subject,
                severity,
                detail,
                sighting,
                sighting,
                1,
                List.of(observation.seq()),
                null,
                null,
                null,
                null);
    }

    private static Incident keptUp(Incident known, Observation by) {
        List<Long> records = new ArrayList<>(known.records());
        if (records.size() == Incident.MOST_RECORDS) {
            // The first half stays; of the others the oldest goes.
            records.remove(Incident.MOST_RECORDS / 2);
        }
        records.add(by.seq());
        return new Incident(
                known.id(),
                known.device(),
                known.rule(),
                known.subject(),
                known.severity(),
                known.detail(),
                known.first(),
                new Sighting(by.seq(), Math.max(known.last().at(), sighting(by).at())),
                known.count() + 1,
                records,
                known.recorded(),
                known.cleared(),
                known.acknowledged(),
                known.closed());
    }

    private static Incident cleared(Incident known, Observation by) {
        return with(known, known.recorded(), sighting(by), known.acknowledged(), known.closed());
    }

    /** Nothing happened after it was recorded, whatever the device's clock says. */
    private static Sighting sighting(Observation observation) {
        return new Sighting(observation.seq(), Math.min(observation.occurredAt(), observation.recordedAt()));
    }

    private static Incident with(
            Incident known,
            @Nullable Long recorded,
            @Nullable Sighting cleared,
            @Nullable Deed acknowledged,
            @Nullable Deed closed) {
        return new Incident(
                known.id(),
                known.device(),
                known.rule(),
                known.subject(),
                known.severity(),
                known.detail(),
                known.first(),
                known.last(),
                known.count(),
                known.records(),
                recorded,
                cleared,
                acknowledged,
                closed);
    }

    private @Nullable Incident at(String device, String rule, String subject) {
        String id = active.get(new Place(device, rule, subject));
        return id == null ? null : incidents.get(id);
    }

    private void keep(Incident incident) {
        Incident before = incidents.get(incident.id());
        if (before != null && before.isActive()) {
            active.remove(new Place(before.device(), before.rule(), before.subject()), before.id());
            activeOf.merge(before.device(), -1, Integer::sum);
        }
        hold(incident);
        changed.add(incident.id());
    }

    private void hold(Incident incident) {
        incidents.put(incident.id(), incident);
        if (incident.isActive()) {
            active.put(new Place(incident.device(), incident.rule(), incident.subject()), incident.id());
            activeOf.merge(incident.device(), 1, Integer::sum);
        }
    }

    /** Those that are to be stored. */
    List<Incident> changed() {
        return changed.stream().map(incidents::get).toList();
    }

    /** How many findings were not followed. */
    long passedOver() {
        return passedOver;
    }
}
