package io.strongroom.console.devices;

import io.strongroom.api.DeviceOrder;
import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.text.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/** What an officer can do about the device that is shown, and why not. What counts at once asks first. */
final class DeviceDeeds {
    private final DeviceViewModel model;
    private final Deeds deeds;
    private final Desk desk;
    private final Texts texts;

    DeviceDeeds(DeviceViewModel model, Deeds deeds, Desk desk) {
        this.model = model;
        this.deeds = deeds;
        this.desk = desk;
        this.texts = desk.texts();
    }

    /**
     * Why nothing can be done that needs the device to be in one of these states; null while it can.
     *
     * @param states any where none is given
     */
    ObservableValue<@Nullable String> whyNot(String... states) {
        return deeds.whyNot(
                DevicesScreen.MANAGE,
                () -> missing(Arrays.asList(states)),
                model.id(),
                model.about().state());
    }

    private @Nullable String missing(List<String> states) {
        DeviceViewModel.About known = model.about().state().get().value();
        if (known == null) {
            return texts.get("devices.choose.first");
        }
        String state = known.device().state();
        return states.isEmpty() || states.contains(state)
                ? null
                : texts.get("devices.stands", texts.bundle().getString("devices.state." + state));
    }

    void collect() {
        model.order(new DeviceOrder.CollectNow());
    }

    void renew() {
        order("devices.order.renew", new DeviceOrder.Renew());
    }

    void applyPolicy() {
        order("devices.order.apply-policy", new DeviceOrder.ApplyPolicy());
    }

    void rotateQueue() {
        order("devices.order.rotate-queue", new DeviceOrder.RotateQueue(Optional.empty()));
    }

    private void order(String key, DeviceOrder order) {
        String act = texts.bundle().getString(key);
        desk.dialogs().confirm(act, texts.bundle().getString(key + ".why"), act, () -> model.order(order));
    }

    /** @param decision approve, refuse, lock, unlock or revoke */
    void decide(String decision) {
        DeviceViewModel.About known = model.about().state().get().value();
        String name = known == null ? "" : known.device().label();
        String act = texts.bundle().getString("devices." + decision);
        desk.dialogs()
                .confirm(
                        act,
                        texts.bundle().getString("devices." + decision + ".why").replace("{0}", name),
                        act,
                        () -> model.decide(decision));
    }

    void copyId() {
        desk.dialogs().copy(String.valueOf(model.id().get()));
    }

    /** All of it, for the palette of commands. */
    List<Action> actions() {
        return List.of(
                action("devices.collect", this::collect, "active"),
                action("devices.order.renew", this::renew, "active"),
                action("devices.order.apply-policy", this::applyPolicy, "active"),
                action("devices.order.rotate-queue", this::rotateQueue, "active"),
                action("devices.approve", () -> decide("approve"), "pending"),
                action("devices.refuse", () -> decide("refuse"), "pending"),
                action("devices.lock", () -> decide("lock"), "active"),
                action("devices.unlock", () -> decide("unlock"), "locked"),
                action("devices.revoke", () -> decide("revoke"), "active", "locked"),
                action("devices.copy.id", this::copyId));
    }

    private Action action(String key, Runnable run, String... states) {
        return new Action(texts.get("devices.action", texts.bundle().getString(key)), null, run, whyNot(states));
    }
}
