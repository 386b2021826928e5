package io.strongroom.console.devices;

import io.strongroom.api.Device;
import io.strongroom.api.telemetry.DeviceScore;
import io.strongroom.api.telemetry.FleetDevice;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.desk.Spot;
import io.strongroom.console.look.FactGrid;
import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import java.time.InstantSource;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a device is: how it stands, its score, its certificate, and what it told of itself. */
final class AboutPage {
    private static final double BAR = 6;

    private final Desk desk;
    private final InstantSource clock;
    private final Texts texts;

    AboutPage(Desk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
        this.texts = desk.texts();
    }

    void fill(VBox page, DeviceViewModel.About about) {
        page.getChildren()
                .setAll(
                        card("devices.about.standing", standing(about)),
                        card("devices.about.score", score(about.score())),
                        card("devices.about.certificate", certificate(about.device())),
                        card("devices.about.told", told(about.told())));
    }

    private Node card(String title, Node content) {
        Label heading = new Label(texts.bundle().getString(title));
        heading.getStyleClass().add("strong");
        VBox card = new VBox(heading, content);
        card.getStyleClass().add("card");
        return card;
    }

    private Node standing(DeviceViewModel.About about) {
        Device device = about.device();
        FleetDevice told = about.told();
        FactGrid facts = new FactGrid(texts.get("copy"));
        facts.add(texts.get("devices.column.standing"), Standings.said(Standing.of(told, clock.instant()), texts));
        facts.add(
                texts.get("devices.since"),
                texts.get("devices.since.by", desk.times().full(device.changedAt()), device.changedBy()));
        facts.add(texts.get("devices.because"), device.because());
        facts.add(texts.get("devices.column.group"), device.group());
        facts.add(texts.get("devices.enrolled"), desk.times().full(device.madeAt()));
        facts.add(
                texts.get("devices.column.seen"),
                told.lastSeen() == null
                        ? texts.get("devices.never")
                        : desk.times().full(told.lastSeen()));
        if (told.sends() != null) {
            facts.add(texts.get("devices.sends"), texts.bundle().getString("devices.sends." + told.sends()));
        }
        facts.mono(texts.get("devices.bundle"), told.bundle());
        Hyperlink incidents = new Hyperlink(texts.get("devices.incidents"));
        incidents.setOnAction(pressed -> desk.navigator().go(new Spot("incidents", "device:" + device.id())));
        return new VBox(8, facts, incidents);
    }

    private Node score(DeviceScore score) {
        VBox all = new VBox(6);
        Label whole = new Label(
                score.score().isPresent()
                        ? texts.get(
                                "devices.score.whole",
                                texts.number(Math.round(score.score().getAsDouble())),
                                texts.number(score.knownWeight()))
                        : texts.get("devices.score.none", texts.number(score.knownWeight())));
        whole.setWrapText(true);
        all.getChildren().add(whole);
        for (DeviceScore.Component component : score.components()) {
            all.getChildren().add(component(component));
        }
        return all;
    }

    private Node component(DeviceScore.Component component) {
        String key = "devices.component." + component.component();
        Label name = new Label(texts.bundle().containsKey(key) ? texts.bundle().getString(key) : component.component());
        name.setMinWidth(150);
        name.setPrefWidth(150);
        HBox row = new HBox(12, name);
        row.setAlignment(Pos.CENTER_LEFT);
        if (component.score().isPresent()) {
            double points = component.score().getAsDouble();
            ProgressBar bar = new ProgressBar(points / 100);
            bar.setPrefWidth(120);
            bar.setMinWidth(60);
            bar.setPrefHeight(BAR);
            bar.setMaxHeight(BAR);
            Label said = new Label(texts.get(
                    "devices.score.component",
                    texts.number(Math.round(points)),
                    Metric.value(component.input(), component.value().orElse(0), texts.locale()),
                    texts.number(component.weight())));
            said.setMinWidth(0);
            row.getChildren().addAll(bar, said);
        } else {
            Node missing = Sign.NEUTRAL.said(texts.get(
                    "hidden".equals(component.missing()) ? "devices.score.hidden" : "devices.score.not-told",
                    texts.number(component.weight())));
            HBox.setHgrow(missing, Priority.ALWAYS);
            row.getChildren().add(missing);
        }
        return row;
    }

    private Node certificate(Device device) {
        FactGrid facts = new FactGrid(texts.get("copy"));
        if (device.certificates().isEmpty()) {
            return new Label(texts.get("devices.certificate.none"));
        }
        Device.Certificate newest = device.certificates().getFirst();
        facts.add(
                texts.get("devices.certificate.valid"),
                texts.get(
                        "devices.certificate.from.to",
                        desk.times().full(newest.issuedAt()),
                        desk.times().full(newest.endsAt())));
        facts.add(texts.get("devices.certificate.renew"), desk.times().full(newest.renewAt()));
        facts.add(
                texts.get("devices.certificate.generation"),
                newest.usedAt() == null
                        ? texts.get("devices.certificate.unused", texts.number(newest.generation()))
                        : texts.number(newest.generation()));
        facts.mono(texts.get("devices.certificate.sha256"), newest.sha256());
        facts.mono(texts.get("devices.certificate.key"), newest.key());
        facts.mono(texts.get("devices.certificate.witness"), device.witnessKey());
        if (device.certificates().size() > 1) {
            facts.add(
                    texts.get("devices.certificate.before"),
                    texts.number(device.certificates().size() - 1L));
        }
        return facts;
    }

    private Node told(FleetDevice told) {
        if (told.facts().isEmpty()) {
            return new Label(texts.get("devices.told.none"));
        }
        FactGrid facts = new FactGrid(texts.get("copy"));
        for (Map.Entry<String, FleetDevice.Fact> fact : told.facts().entrySet()) {
            FleetDevice.Fact value = fact.getValue();
            facts.add(
                    fact.getKey(),
                    value.withheld() == null ? value.value() : texts.get("devices.withheld", value.withheld()));
        }
        return facts;
    }
}
