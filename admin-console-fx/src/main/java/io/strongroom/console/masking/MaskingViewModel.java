package io.strongroom.console.masking;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.rules.RulesFolder;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Asked;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.json.JsonException;
import io.strongroom.policies.InvalidBundleException;
import io.strongroom.policies.bundle.Bundle;
import io.strongroom.policies.bundle.BundleArchive;
import io.strongroom.policies.bundle.BundleLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** A sample record, by whose rules it is looked at, and what each role sees of it. */
final class MaskingViewModel {
    private static final Duration AFTER_TYPING = Duration.ofMillis(300);

    /** Whose rules decide. */
    enum Rules {
        IN_FORCE,
        DRAFT
    }

    private final Desk desk;
    private final RulesFolder folder;
    private final InstantSource clock;
    private final StringProperty sample = new SimpleStringProperty("");
    private final StringProperty purpose = new SimpleStringProperty("");
    private final ObjectProperty<Rules> rules = new SimpleObjectProperty<>(Rules.IN_FORCE);
    private final ObjectProperty<Sights.Use> use = new SimpleObjectProperty<>(Sights.Use.READ);
    private final Asked<Sights> sights;

    /** The bundle in force as it was asked for last; null until it was, and again when one comes back here. */
    private volatile @Nullable Bundle inForce;

    MaskingViewModel(Desk desk, RulesFolder folder, InstantSource clock) {
        this.desk = desk;
        this.folder = folder;
        this.clock = clock;
        this.sights = new Asked<>(desk.background(), this::trouble, clock);
        sample.addListener((at, before, now) -> decide(AFTER_TYPING));
        purpose.addListener((at, before, now) -> decide(AFTER_TYPING));
        rules.addListener((at, before, now) -> decide(Duration.ZERO));
        use.addListener((at, before, now) -> decide(Duration.ZERO));
    }

    StringProperty sample() {
        return sample;
    }

    StringProperty purpose() {
        return purpose;
    }

    ObjectProperty<Rules> rules() {
        return rules;
    }

    ObjectProperty<Sights.Use> use() {
        return use;
    }

    Asked<Sights> sights() {
        return sights;
    }

    /** One is here again: another bundle may be in force by now, and the draft another. */
    void refresh() {
        inForce = null;
        decide(Duration.ZERO);
    }

    private void decide(Duration after) {
        String json = sample.get();
        if (json.isBlank()) {
            sights.clear();
            return;
        }
        Rules by = rules.get();
        Sights.Use what = use.get();
        String stated = purpose.get();
        sights.again(progress -> {
            Thread.sleep(after);
            return Sights.of(bundle(by), json.getBytes(StandardCharsets.UTF_8), what, stated.strip(), clock.instant());
        });
    }

    private Bundle bundle(Rules by) {
        if (by == Rules.DRAFT) {
            return BundleLoader.load(folder.clone(desk.connection()).files().read());
        }
        Bundle known = inForce;
        if (known == null) {
            byte[] archive = desk.connection().call(client -> client.policies().bundle());
            known = BundleLoader.load(BundleArchive.read(archive));
            inForce = known;
        }
        return known;
    }

    /** Takes a record of the ledger as the sample, as this officer may see it. */
    void take(String recordId) {
        Connection connection = desk.connection();
        desk.background()
                .latest()
                .start(
                        progress -> connection.call(client -> client.records().one(recordId)),
                        new Answer<io.strongroom.api.QueryItem>() {
                            @Override
                            public void done(io.strongroom.api.QueryItem found) {
                                if (found.record().members().isEmpty()) {
                                    desk.dialogs()
                                            .failed(
                                                    desk.texts().get("masking.take.failed"),
                                                    new Trouble(
                                                            Trouble.Kind.FORBIDDEN,
                                                            desk.texts().get("masking.take.hidden"),
                                                            found.reason().orElse(""),
                                                            "",
                                                            null));
                                } else {
                                    sample.set(Pretty.of(found.record()));
                                }
                            }

                            @Override
                            public void failed(Exception why) {
                                desk.dialogs()
                                        .failed(
                                                desk.texts().get("masking.take.failed"),
                                                connection.troubles().of(why));
                            }
                        });
    }

    private Trouble trouble(Exception why) {
        return switch (why) {
            case JsonException wrong -> refused("masking.wrong", wrong);
            case JsonShapeException wrong -> refused("masking.wrong", wrong);
            case InvalidBundleException wrong -> refused("masking.rules.wrong", wrong);
            default -> desk.connection().troubles().of(why);
        };
    }

    private Trouble refused(String key, Exception why) {
        String said = why.getMessage() == null
                ? ""
                : why.getMessage().lines().findFirst().orElse("");
        return new Trouble(Trouble.Kind.REFUSED, desk.texts().get(key), said, "", null);
    }

    /** Something to begin with. */
    static Json.Obj example() {
        return Json.parseObject("""
            {"source":{"id":"clinic-desk"},"stream":"audit.desk","action":"Chart.Read",
             "occurredAt":"2026-11-21T09:30:00.000Z","actor":{"type":"User","id":"u-weber"},
             "resource":{"type":"Chart","id":"chart-4"},"outcome":"Success",
             "attributes":{"email":"mary@example.com","birthDate":"1984-02-29","ward":"north",
               "phone":"+49 30 901820","card":"4111 1111 1111 1111"},"labels":{"env":"prod"}}
            """.getBytes(StandardCharsets.UTF_8));
    }
}
