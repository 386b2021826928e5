package io.strongroom.api.client;

import io.strongroom.api.AskedCommand;
import io.strongroom.api.BatchAck;
import io.strongroom.api.Device;
import io.strongroom.api.DeviceAuthority;
import io.strongroom.api.DeviceBatch;
import io.strongroom.api.DeviceGroup;
import io.strongroom.api.DeviceOrder;
import io.strongroom.api.EnrolmentToken;
import io.strongroom.api.GroupCommands;
import io.strongroom.api.Page;
import io.strongroom.api.json.Json;
import io.strongroom.evidence.batch.BatchLayout;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The devices of an appliance. Looking needs the operation {@code devices.read}, everything else {@code devices.manage}. */
public final class Devices {
    private static final String PATH = "/api/v1/devices";
    private static final String TOKENS = PATH + "/tokens";
    private static final String GROUPS = PATH + "/groups";

    private final Transport transport;

    Devices(Transport transport) {
        this.transport = transport;
    }

    /**
     * The devices, in the order of their ids.
     *
     * @param state such as {@code active}; null for all
     * @param group null for all
     */
    public List<Device> list(@Nullable String state, @Nullable String group) {
        return all(
                after -> PATH
                        + new Parameters()
                                .put("state", state)
                                .put("group", group)
                                .put("after", after),
                Device::fromJson);
    }

    /** All pages together, each from the address that is made of where the one before ended; null for the first. */
    private <T> List<T> all(Function<@Nullable String, String> address, Function<Json.Obj, T> item) {
        List<T> all = new ArrayList<>();
        @Nullable String after = null;
        do {
            Page<T> page = Page.fromJson(transport.getJson(address.apply(after)), item);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private static String path(String device, String rest) {
        return PATH + "/" + Paths.segment(device) + rest;
    }

    /** A device, with all the certificates that it ever had. */
    public Device show(String device) {
        return Device.fromJson(transport.getJson(path(device, "")));
    }

    /** Makes an enrolment code; it is in this answer and nowhere else. Needs a second factor that was just shown. */
    public EnrolmentToken token(String label, String group, Duration life) {
        return EnrolmentToken.fromJson(transport.postJson(
                TOKENS,
                Json.object()
                        .put("label", label)
                        .put("group", group)
                        .put("minutes", life.toMinutes())
                        .build()));
    }

    /** The enrolment codes that were made, without the codes. */
    public List<EnrolmentToken> tokens() {
        return transport.getJson(TOKENS).objects("items", EnrolmentToken::fromJson);
    }

    /** Revokes an enrolment code that was not used. */
    public void revokeToken(String id) {
        transport.delete(TOKENS + "/" + Paths.segment(id));
    }

    /** The groups that devices are enrolled into. */
    public List<DeviceGroup> groups() {
        return transport.getJson(GROUPS).objects("items", DeviceGroup::fromJson);
    }

    /**
     * Makes a group, or changes it. Needs a second factor that was just shown.
     *
     * @param approval whether an officer has to let each of its devices in
     */
    public DeviceGroup putGroup(String name, boolean approval) {
        return DeviceGroup.fromJson(transport.putJson(
                GROUPS + "/" + Paths.segment(name),
                Json.object().put("approval", approval).build()));
    }

    /** The authorities that devices are trusted by, the oldest first: two while one is being replaced. */
    public List<DeviceAuthority> authorities() {
        return transport.getJson(PATH + "/authority").objects("items", DeviceAuthority::fromJson);
    }

    /**
     * Decides about a device; gives how it stands then. Approving and unlocking need a second factor that was just shown.
     *
     * @param decision approve, refuse, lock, unlock or revoke
     */
    public Device decide(String device, String decision) {
        return Device.fromJson(transport.postJson(path(device, "/" + Paths.segment(decision)), Json.Obj.EMPTY));
    }

    /** Asks a device to do something. */
    public AskedCommand command(String device, DeviceOrder order, Duration life) {
        return AskedCommand.fromJson(transport.postJson(
                path(device, "/commands"),
                Json.object()
                        .putAll(order.toJson())
                        .put("minutes", life.toMinutes())
                        .build()));
    }

    /**
     * Asks all devices of a group that are let in to do something: anything but to send a range again. They are asked so many at
     * a time; where a call fails, those before it were asked.
     */
    public GroupCommands commandGroup(String group, DeviceOrder order, Duration life) {
        List<AskedCommand> asked = new ArrayList<>();
        List<GroupCommands.NotAsked> notAsked = new ArrayList<>();
        @Nullable String after = null;
        do {
            Json.Obj answer = transport.postJson(
                    GROUPS + "/" + Paths.segment(group) + "/commands" + new Parameters().put("after", after),
                    Json.object()
                            .putAll(order.toJson())
                            .put("minutes", life.toMinutes())
                            .build());
            GroupCommands some = GroupCommands.fromJson(answer);
            asked.addAll(some.asked());
            notAsked.addAll(some.notAsked());
            after = answer.optionalText("next");
        } while (after != null);
        return new GroupCommands(asked, notAsked);
    }

    /** What was asked of a device, and what came of it, the newest first. */
    public List<AskedCommand> commands(String device) {
        return all(after -> path(device, "/commands") + new Parameters().put("after", after), AskedCommand::fromJson);
    }

    /**
     * What a device sent lately, what came last first: a page of at most 100 batches.
     *
     * @param after the {@code next} of the page before; null for the first
     */
    public Page<DeviceBatch> batches(String device, @Nullable String after) {
        return Page.fromJson(
                transport.getJson(path(device, "/batches") + new Parameters().put("after", after)),
                DeviceBatch::fromJson);
    }

    /**
     * Takes in a batch that a revoked device had signed and not sent. It may be repeated. Needs a second factor that was just
     * shown.
     */
    public BatchAck bring(String device, byte[] batch) {
        return transport.repeating(
                transport
                        .request(path(device, "/import"))
                        .header("Content-Type", BatchLayout.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
                        .build(),
                answer -> BatchAck.fromJson(answer.object()));
    }
}
