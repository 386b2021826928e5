package io.strongroom.console.devices;

import io.strongroom.api.DeviceGroup;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.console.connection.Connection;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.work.Asked;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The codes by which devices are enrolled, and the groups that they are enrolled into. */
final class EnrolmentViewModel {
    /** The appliance's own limit. */
    static final int MOST_MINUTES = 60;

    private static final Duration ORDER_LIFE = Duration.ofDays(1);
    private static final String ADDRESS = "devices.address.";

    /** How a code stands. */
    enum CodeState {
        OPEN,
        USED,
        EXPIRED,
        REVOKED
    }

    private final Desk desk;
    private final Deeds deeds;
    private final InstantSource clock;
    private final Asked<List<EnrolmentToken>> tokens;
    private final Asked<List<DeviceGroup>> groups;

    EnrolmentViewModel(Desk desk, Deeds deeds, InstantSource clock) {
        this.desk = desk;
        this.deeds = deeds;
        this.clock = clock;
        tokens = desk.connection().asked();
        groups = desk.connection().asked();
    }

    Asked<List<EnrolmentToken>> tokens() {
        return tokens;
    }

    Asked<List<DeviceGroup>> groups() {
        return groups;
    }

    void refresh() {
        tokens.again(
                progress -> desk.connection().call(client -> client.devices().tokens()));
        groups.again(
                progress -> desk.connection().call(client -> client.devices().groups()));
    }

    CodeState state(EnrolmentToken token) {
        if (token.revokedAt() != null) {
            return CodeState.REVOKED;
        }
        if (token.usedAt() != null) {
            return CodeState.USED;
        }
        return Instant.parse(token.expiresAt()).isAfter(clock.instant()) ? CodeState.OPEN : CodeState.EXPIRED;
    }

    /** Makes a code, which is in what {@code made} is given and nowhere else. */
    void make(String label, String group, int minutes, Consumer<EnrolmentToken> made) {
        deeds.run(
                desk.texts().get("devices.not.token"),
                client -> client.devices().token(label.strip(), group, Duration.ofMinutes(minutes)),
                token -> {
                    refresh();
                    made.accept(token);
                });
    }

    void revoke(EnrolmentToken token) {
        deeds.run(
                desk.texts().get("devices.not.token.revoked"),
                client -> {
                    client.devices().revokeToken(token.id());
                    return token.label();
                },
                label -> {
                    desk.dialogs().told(desk.texts().get("devices.token.revoked", label));
                    refresh();
                });
    }

    /** Makes a group, or changes it. */
    void putGroup(String name, boolean approval) {
        deeds.run(
                desk.texts().get("devices.not.group"),
                client -> client.devices().putGroup(name.strip(), approval),
                group -> refresh());
    }

    /** Asks all devices of a group that are let in to look at once. */
    void collect(DeviceGroup group) {
        deeds.run(
                desk.texts().get("devices.not.ordered"),
                client -> client.devices().commandGroup(group.name(), new DeviceOrder.CollectNow(), ORDER_LIFE),
                asked -> desk.dialogs()
                        .told(desk.texts()
                                .get(
                                        asked.notAsked().isEmpty() ? "devices.group.asked" : "devices.group.asked.some",
                                        desk.texts().number(asked.asked().size()),
                                        desk.texts().number(asked.notAsked().size()))));
    }

    /** The address that devices call: as an officer typed it last, else as the appliance tells it. */
    String address() {
        Connection.Who who = desk.connection().who().get();
        if (who == null) {
            return "";
        }
        String told = who.about().devices();
        return desk.kept().get(ADDRESS + who.appliance().fingerprint().hex()).orElse(told == null ? "" : told);
    }

    /** Remembers the address that devices of this appliance call. */
    void address(String address) {
        Connection.Who who = desk.connection().who().get();
        if (who != null) {
            desk.kept().put(ADDRESS + who.appliance().fingerprint().hex(), address.strip());
        }
    }

    /** The one line that is typed on the device. The code names the authority, so the device need believe nobody else. */
    static String command(String address, String code) {
        return "printf %s '" + code + "' | installer/strongroom agent enrol --appliance " + address.strip();
    }
}
