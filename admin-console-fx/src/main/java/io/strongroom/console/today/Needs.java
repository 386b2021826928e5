package io.strongroom.console.today;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.Device;
import io.strongroom.api.PolicyProposal;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.api.telemetry.Incident;
import io.strongroom.api.telemetry.IncidentFilter;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.desk.Times;
import io.strongroom.console.text.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the appliance for all that may need this officer. What they may not see is named, not left out in silence. */
final class Needs {
    private static final int MOST_INCIDENTS = 50;
    private static final Set<String> DEVICE_STATES = Set.of("pending", "locked");

    private final Texts texts;
    private final Times times;
    private final String officer;
    private final List<Need> found = new ArrayList<>();
    private final List<String> unseen = new ArrayList<>();

    /** What devices are called, where this officer may see that. */
    private final Map<String, String> labels = new HashMap<>();

    private @Nullable ApplianceStatus status;

    private Needs(Texts texts, Times times, String officer) {
        this.texts = texts;
        this.times = times;
        this.officer = officer;
    }

    /**
     * What was found.
     *
     * @param needs the most urgent first
     * @param unseen what this officer's roles do not let them see
     * @param status how the appliance is; null where they may not see that
     */
    record Found(
            List<Need> needs, List<String> unseen, @Nullable ApplianceStatus status) {}

    /**
     * Asks; blocks.
     *
     * @throws StrongroomException if the appliance does not answer, or the session has ended
     */
    static Found ask(StrongroomClient client, Texts texts, Times times, String officer) {
        Needs needs = new Needs(texts, times, officer);
        needs.part("today.part.appliance", () -> needs.appliance(client.ops().status()));
        needs.part("today.part.devices", () -> client.devices().list(null, null).forEach(needs::device));
        needs.part("today.part.incidents", () -> client.incidents()
                .list(IncidentFilter.ALL.in("open"), null, MOST_INCIDENTS)
                .items()
                .forEach(needs::incident));
        needs.part("today.part.approvals", () -> client.policies().proposals().stream()
                .filter(proposal -> proposal.state().equals("open"))
                .forEach(proposal -> needs.proposal(client.policies().proposal(proposal.shortName()))));
        return new Found(needs.found.stream().sorted(Need.ORDER).toList(), List.copyOf(needs.unseen), needs.status);
    }

    private void part(String name, Runnable ask) {
        try {
            ask.run();
        } catch (StrongroomException.Forbidden e) {
            unseen.add(texts.get(name));
        }
    }

    private void appliance(ApplianceStatus now) {
        status = now;
        now.parts().forEach((part, why) -> add(Need.Urgency.NOW, Need.Kind.APPLIANCE, why, part, "system", ""));
        String jump = now.ledger().clockJump();
        if (jump != null) {
            add(Need.Urgency.NOW, Need.Kind.APPLIANCE, texts.get("today.clock"), jump, "system", "");
        }
        if (!now.forProduction()) {
            add(
                    Need.Urgency.TO_KNOW,
                    Need.Kind.APPLIANCE,
                    texts.get("today.trial"),
                    texts.get("today.trial.why"),
                    "system",
                    "");
        }
    }

    private void incident(Incident incident) {
        Need.Urgency urgency =
                switch (incident.severity()) {
                    case "S1" -> Need.Urgency.NOW;
                    case "S2" -> Need.Urgency.SOON;
                    default -> Need.Urgency.TO_KNOW;
                };
        add(
                urgency,
                Need.Kind.INCIDENT,
                texts.get(
                        "today.incident",
                        incident.severity(),
                        wrong(incident, texts),
                        labels.getOrDefault(incident.device(), incident.device())),
                texts.get("today.since", times.full(incident.openedAt())),
                "incidents",
                incident.id());
    }

    /** Of what is wrong, and with what of the device: a device has a gap in each of its streams. */
    static String wrong(Incident incident, Texts texts) {
        String rule = rule(incident.rule(), texts);
        return incident.subject().isEmpty() ? rule : rule + " (" + incident.subject() + ")";
    }

    /** What the rule is called; one that this console does not know keeps the appliance's name. */
    private static String rule(String rule, Texts texts) {
        try {
            return texts.get("incidents.rule." + rule);
        } catch (MissingResourceException e) {
            return rule;
        }
    }

    private void proposal(PolicyProposal proposal) {
        boolean said =
                proposal.approvals().stream().anyMatch(given -> given.officer().equals(officer) && given.counts());
        if (said) {
            return;
        }
        boolean own = proposal.author().equals(officer);
        add(
                own ? Need.Urgency.TO_KNOW : Need.Urgency.SOON,
                Need.Kind.APPROVAL,
                texts.get(own ? "today.proposal.own" : "today.proposal", proposal.title()),
                texts.get("today.proposal.by", proposal.author(), proposal.shortName()),
                "review",
                proposal.shortName());
    }

    private void device(Device device) {
        labels.put(device.id(), device.label());
        if (!DEVICE_STATES.contains(device.state())) {
            return;
        }
        boolean locked = device.state().equals("locked");
        String because = device.because();
        add(
                locked ? Need.Urgency.NOW : Need.Urgency.SOON,
                Need.Kind.DEVICE,
                texts.get(locked ? "today.device.locked" : "today.device.pending", device.label()),
                texts.get(
                        "today.device.why",
                        because == null ? device.id() : because.replace('-', ' '),
                        times.full(device.changedAt())),
                "devices",
                device.id());
    }

    private void add(Need.Urgency urgency, Need.Kind kind, String title, String detail, String screen, String what) {
        found.add(new Need(urgency, kind, title, detail, new Spot(screen, what)));
    }
}
