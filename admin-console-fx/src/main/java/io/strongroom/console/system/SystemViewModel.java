package io.strongroom.console.system;

import io.strongroom.api.ApplianceStatus;
import io.strongroom.api.ApplianceStorage;
import io.strongroom.api.QuarantinedDocument;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.json.Json;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the appliance is, what is in quarantine, its keys, and the console's own log. */
final class SystemViewModel {
    /**
     * How it was at a moment.
     *
     * @param recordsPerSecond what the ledger took in since the moment before; empty at the first
     */
    record Seen(
            ApplianceStatus status,
            Figures figures,
            ApplianceStorage storage,
            Instant at,
            OptionalDouble recordsPerSecond) {}

    /**
     * A key that the appliance publishes.
     *
     * @param until when it ended; null while it counts
     */
    record PublishedKey(
            String signs,
            long generation,
            String algorithm,
            String id,
            String from,
            @Nullable String until) {
        static PublishedKey fromJson(Json.Obj json) {
            return new PublishedKey(
                    json.text("signs"),
                    json.integer("generation"),
                    json.text("algorithm"),
                    json.text("id"),
                    json.text("from"),
                    json.optionalText("until"));
        }
    }

    private final Desk desk;
    private final Deeds deeds;
    private final InstantSource clock;
    private final ConsoleLog log;
    private final Asked<Seen> seen;
    private final Asked<List<QuarantinedDocument>> quarantine;
    private final Asked<List<PublishedKey>> keys;
    private final Asked<List<ConsoleLog.Line>> lines;

    SystemViewModel(Desk desk, Deeds deeds, InstantSource clock, ConsoleLog log) {
        this.desk = desk;
        this.deeds = deeds;
        this.clock = clock;
        this.log = log;
        seen = desk.connection().asked();
        quarantine = desk.connection().asked();
        keys = desk.connection().asked();
        lines = desk.connection().asked();
    }

    Asked<Seen> seen() {
        return seen;
    }

    Asked<List<QuarantinedDocument>> quarantine() {
        return quarantine;
    }

    Asked<List<PublishedKey>> keys() {
        return keys;
    }

    Asked<List<ConsoleLog.Line>> lines() {
        return lines;
    }

    /** Asks for everything. */
    void refresh() {
        look();
        quarantine.again(
                progress -> desk.connection().call(client -> client.quarantine().newest()));
        keys.again(progress -> desk.connection()
                .call(client -> Json.parseObject(client.ledger().keys().getBytes(StandardCharsets.UTF_8))
                        .objects("keys", PublishedKey::fromJson)));
    }

    /** Asks for what changes by the second. */
    void look() {
        Seen before = seen.state().get().value();
        seen.again(progress -> desk.connection().call(client -> read(client, before)));
        lines.put(log.newest());
    }

    private Seen read(StrongroomClient client, @Nullable Seen before) {
        ApplianceStatus status = client.ops().status();
        Figures figures = Figures.parse(client.ops().metrics());
        Instant now = clock.instant();
        return new Seen(status, figures, client.ops().storage(), now, rate(before, status, now));
    }

    static OptionalDouble rate(@Nullable Seen before, ApplianceStatus status, Instant now) {
        if (before == null || !now.isAfter(before.at())) {
            return OptionalDouble.empty();
        }
        double seconds = Duration.between(before.at(), now).toMillis() / 1_000.0;
        return OptionalDouble.of(
                (status.ledger().size() - before.status().ledger().size()) / seconds);
    }

    void rebuildReadModels() {
        change("system.not.rebuilt", client -> client.ops().rebuildReadModels(), "system.rebuilding");
    }

    void rebuildTelemetry() {
        change("system.not.rebuilt", client -> client.ops().rebuildTelemetry(), "system.rebuilding");
    }

    void confirmClock() {
        change("system.not.clock", client -> client.ops().confirmClock(), "system.clock.confirmed");
    }

    private void change(String failed, Consumer<StrongroomClient> work, String done) {
        deeds.run(
                desk.texts().bundle().getString(failed),
                client -> {
                    work.accept(client);
                    return true;
                },
                answer -> {
                    desk.dialogs().told(desk.texts().bundle().getString(done));
                    look();
                });
    }

    /** Saves a document of the quarantine as it came; that somebody took it is recorded. */
    void save(QuarantinedDocument document, Path file) {
        deeds.run(
                desk.texts().get("system.not.saved"),
                client -> write(file, client.quarantine().document(document.id())),
                saved -> desk.dialogs().told(desk.texts().get("system.saved", saved.toString())));
    }

    private static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
