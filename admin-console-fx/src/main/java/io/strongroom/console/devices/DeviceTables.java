package io.strongroom.console.devices;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.RecordFacets;
import io.strongroom.api.json.Json;
import io.strongroom.api.telemetry.Deployment;
import io.strongroom.api.telemetry.DeviceSession;
import io.strongroom.api.telemetry.DeviceUser;
import io.strongroom.api.telemetry.InstalledSoftware;
import io.strongroom.api.telemetry.SoftwareChange;
import io.strongroom.api.telemetry.UserSeen;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.Columns;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/** The columns of the tables of a device. */
final class DeviceTables {
    private final Desk desk;
    private final InstantSource clock;
    private final Texts texts;

    DeviceTables(Desk desk, InstantSource clock) {
        this.clock = clock;
        this.desk = desk;
        this.texts = desk.texts();
    }

    void installed(TableView<InstalledSoftware> installed) {
        Columns.of(installed)
                .text(texts.get("devices.column.package"), 300, InstalledSoftware::purl)
                .text(texts.get("devices.column.version"), 110, InstalledSoftware::version)
                .text(texts.get("devices.column.since"), 150, each -> time(each.since()));
    }

    void changes(TableView<SoftwareChange> changes) {
        Columns.of(changes)
                .node(
                        texts.get("devices.column.change"),
                        110,
                        each -> (each.change().equals("added") ? Sign.HOLDS : Sign.NEUTRAL)
                                .said(texts.bundle().getString("devices.change." + each.change())))
                .text(texts.get("devices.column.package"), 260, SoftwareChange::purl)
                .text(texts.get("devices.column.version"), 100, SoftwareChange::version)
                .text(texts.get("devices.column.when"), 150, each -> time(each.occurredAt()));
    }

    void users(TableView<DeviceUser> users) {
        Columns.of(users)
                .text(texts.get("devices.column.user"), 190, each -> user(each.user()))
                .text(texts.get("devices.column.assigned"), 170, each -> assigned(each))
                .text(texts.get("devices.column.first"), 140, each -> time(each.firstSeen()))
                .text(texts.get("devices.column.last"), 140, each -> time(each.lastSeen()));
    }

    void sessions(TableView<DeviceSession> sessions) {
        Columns.of(sessions)
                .text(texts.get("devices.column.user"), 190, each -> user(each.user()))
                .text(texts.get("devices.column.started"), 140, each -> time(each.startedAt()))
                .text(
                        texts.get("devices.column.ended"),
                        140,
                        each -> each.endedAt() == null ? texts.get("devices.session.open") : time(each.endedAt()))
                .text(texts.get("devices.column.evidence"), 140, each -> String.join(", ", each.evidence()));
    }

    void deployments(TableView<Deployment> deployments) {
        Columns.of(deployments)
                .node(texts.get("devices.column.standing"), 140, this::outcome)
                .text(texts.get("devices.column.package"), 200, Deployment::product)
                .text(texts.get("devices.column.job"), 120, Deployment::job)
                .text(texts.get("devices.column.last"), 140, each -> time(each.lastAt()))
                .number(
                        texts.get("devices.column.took"),
                        80,
                        Deployment::tookMillis,
                        millis -> texts.number(Math.round(millis.doubleValue() / 1000)) + " s");
    }

    void streams(TableView<RecordFacets.Value> streams, Supplier<@Nullable String> device) {
        Columns.of(streams)
                .text(texts.get("devices.column.stream"), 300, RecordFacets.Value::value)
                .number(
                        texts.get("devices.column.count"),
                        120,
                        RecordFacets.Value::records,
                        count -> texts.number(count.longValue()));
        Runnable open = () -> {
            RecordFacets.Value chosen = streams.getSelectionModel().getSelectedItem();
            if (chosen != null) {
                desk.navigator().go(new Spot("explorer", "source:" + device.get() + " stream:" + chosen.value()));
            }
        };
        streams.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                open.run();
            }
        });
        streams.setOnKeyPressed(pressed -> {
            if (pressed.getCode() == KeyCode.ENTER) {
                open.run();
            }
        });
    }

    void batches(TableView<DeviceBatch> batches) {
        Columns.of(batches)
                .time(texts.get("devices.column.received"), 92, each -> Instant.parse(each.receivedAt()), this::brief)
                .text(texts.get("devices.column.stream"), 150, DeviceBatch::stream)
                .text(texts.get("devices.column.sequences"), 112, this::range)
                .node(texts.get("devices.column.count"), 104, this::became)
                .text(texts.get("devices.column.transport"), 76, this::transport)
                .mono(texts.get("devices.column.digest"), 110, each -> hex(each.digest()))
                .mono(texts.get("devices.column.epoch"), 90, DeviceBatch::epoch);
    }

    private static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    private String range(DeviceBatch batch) {
        return texts.get("devices.batch.range", texts.number(batch.first()), texts.number(batch.last()));
    }

    /** How many of its lines are records, and where that is not all of them, why. */
    private Node became(DeviceBatch batch) {
        String records = texts.number(batch.records());
        if (!batch.rejected().isEmpty()) {
            return Sign.DOUBTFUL.said(texts.get(
                    "devices.batch.rejected",
                    records,
                    texts.number(batch.rejected().size())));
        }
        boolean whole = batch.settled() == batch.last() - batch.first() + 1;
        return whole ? Sign.HOLDS.said(records) : Sign.NEUTRAL.said(texts.get("devices.batch.begun", records));
    }

    private String transport(DeviceBatch batch) {
        return batch.transport() == null ? "" : word("devices.transport.", batch.transport());
    }

    void commands(TableView<AskedCommand> commands) {
        Columns.of(commands)
                .node(texts.get("devices.column.standing"), 130, this::settled)
                .text(texts.get("devices.column.command"), 150, each -> texts.bundle()
                        .getString("devices.order." + each.command().order().kind()))
                .time(texts.get("devices.column.asked"), 110, each -> Instant.parse(each.madeAt()), this::brief)
                .text(texts.get("devices.column.by"), 150, AskedCommand::madeBy)
                .text(texts.get("devices.column.came"), 200, this::came);
    }

    private String brief(@Nullable Instant at) {
        return at == null ? "" : desk.times().brief(at, clock.instant());
    }

    private String time(String rfc3339) {
        return desk.times().full(rfc3339);
    }

    /** As the policy lets this officer see them: a name, or the keyed hash that is the same on all devices. */
    private String user(UserSeen user) {
        if (user.withheld() != null) {
            return texts.get("devices.withheld", user.withheld());
        }
        Json shown = user.name();
        if (shown instanceof Json.Text text) {
            return text.value();
        }
        return shown != null ? shown.toString() : String.valueOf(user.key());
    }

    private String assigned(DeviceUser user) {
        String word = texts.bundle().getString("devices.user." + user.state());
        return user.reason() == null ? word : word + ": " + user.reason();
    }

    private Node outcome(Deployment deployment) {
        Sign sign =
                switch (deployment.state()) {
                    case "succeeded" -> Sign.HOLDS;
                    case "failed" -> Sign.FAILS;
                    case "rolled-back" -> Sign.DOUBTFUL;
                    default -> Sign.NEUTRAL;
                };
        return sign.said(word("devices.deployment.", deployment.state()));
    }

    private Node settled(AskedCommand command) {
        Sign sign =
                switch (command.state()) {
                    case "done" -> Sign.HOLDS;
                    case "failed" -> Sign.FAILS;
                    case "expired" -> Sign.DOUBTFUL;
                    default -> Sign.NEUTRAL;
                };
        return sign.said(word("devices.command.", command.state()));
    }

    private String came(AskedCommand command) {
        @Nullable
        String why = command.detail() == null || command.detail().isEmpty() ? command.reason() : command.detail();
        if (command.settledAt() == null) {
            return command.deliveredAt() == null ? "" : texts.get("devices.delivered", time(command.deliveredAt()));
        }
        return why == null ? time(command.settledAt()) : why;
    }

    private String word(String prefix, String state) {
        return texts.bundle().containsKey(prefix + state) ? texts.bundle().getString(prefix + state) : state;
    }
}
