package io.strongroom.console.devices;

import io.strongroom.console.desk.Action;
import io.strongroom.console.desk.Deeds;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Group;
import io.strongroom.console.desk.Once;
import io.strongroom.console.desk.Screen;
import io.strongroom.console.work.Every;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** The devices. Goes to a device by its id. */
public final class DevicesScreen implements Screen {
    /** What changing anything here needs, as policy names it. */
    static final String MANAGE = "devices.manage";

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Desk desk;
    private final InstantSource clock;
    private final DevicesViewModel devices;
    private final DeviceViewModel device;
    private final EnrolmentViewModel enrolment;
    private final Deeds deeds;
    private final DeviceDeeds deviceDeeds;
    private final Every again;
    private final EnrolmentView codes;
    private final DevicesView view;
    private final Once<Parent> root;

    public DevicesScreen(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
        deeds = new Deeds(desk);
        devices = new DevicesViewModel(desk, clock);
        device = new DeviceViewModel(desk, deeds, clock, devices::refresh);
        enrolment = new EnrolmentViewModel(desk, deeds, clock);
        deviceDeeds = new DeviceDeeds(device, deeds, desk);
        codes = new EnrolmentView(enrolment, deeds, desk);
        view = new DevicesView(devices, desk, () -> DeviceView.of(device, deviceDeeds, desk, clock), codes);
        root = new Once<>(view::load);
        devices.chosen().subscribe(device::show);
        again = new Every(desk.background(), EVERY, devices::refresh);
    }

    DevicesViewModel devices() {
        return devices;
    }

    DeviceViewModel device() {
        return device;
    }

    EnrolmentViewModel enrolment() {
        return enrolment;
    }

    @Override
    public String id() {
        return "devices";
    }

    @Override
    public Group group() {
        return Group.FLEET;
    }

    @Override
    public Ikon icon() {
        return Material2OutlinedAL.DEVICES;
    }

    @Override
    public Parent view() {
        return root.get();
    }

    @Override
    public void shown(String what) {
        if (what.isEmpty() || what.equals(devices.chosen().get())) {
            device.refresh();
        } else {
            devices.clearFilters();
            devices.chosen().set(what);
        }
        devices.refresh();
        enrolment.refresh();
        again.start();
    }

    @Override
    public void hidden() {
        again.stop();
    }

    @Override
    public void refresh() {
        devices.refresh();
        device.refresh();
        enrolment.refresh();
    }

    @Override
    public ObservableValue<Number> count() {
        return devices.waiting();
    }

    @Override
    public List<Action> actions() {
        List<Action> actions = new ArrayList<>(deviceDeeds.actions());
        actions.addAll(view.actions());
        return actions;
    }

    @Override
    public List<String> onceChosen() {
        return codes.onceChosen();
    }
}
