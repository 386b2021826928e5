package io.strongroom.console.devices;

import io.strongroom.api.telemetry.Measure;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.OneByOne;
import io.strongroom.console.look.Tip;
import io.strongroom.console.text.Texts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.chart.LineChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** What a device measures, a chart each. Where nothing was measured there is no line. */
final class HealthPage {
    private static final double WIDTH = 236;
    private static final double HEIGHT = 170;

    private final Desk desk;
    private final Texts texts;
    private final OneByOne cards;

    HealthPage(TilePane page, Desk desk) {
        this.desk = desk;
        this.texts = desk.texts();
        this.cards = new OneByOne(page.getChildren());
        page.setPrefTileWidth(WIDTH + 34);
    }

    void fill(DeviceViewModel.Health health) {
        // Of what the device tells in two streams, what came last.
        Map<String, Measure> newest = health.newest().stream()
                .collect(Collectors.toMap(
                        Measure::metric,
                        Function.identity(),
                        BinaryOperator.maxBy(Comparator.comparing(Measure::seq))));
        Stream<Supplier<Node>> measured = health.curves().stream()
                .map(curve -> () -> card(curve, Objects.requireNonNull(newest.get(curve.metric())), health));
        Stream<Supplier<Node>> withheld = health.newest().stream()
                .filter(measure -> measure.withheld() != null)
                .map(measure -> () -> hidden(measure));
        cards.fill(Stream.concat(measured, withheld).toList());
    }

    void clear() {
        cards.clear();
    }

    private Node card(Curve curve, Measure newest, DeviceViewModel.Health health) {
        Label name = new Label(Metric.name(curve.metric(), texts));
        name.getStyleClass().add("strong");
        Tip.on(name, curve.metric());
        Region between = new Region();
        HBox.setHgrow(between, Priority.ALWAYS);
        Label now = new Label(
                newest.value().isPresent() ? value(curve, newest.value().getAsDouble()) : "");
        now.getStyleClass().add("strong");
        now.setMinWidth(Region.USE_PREF_SIZE);
        VBox card = new VBox(new HBox(8, name, between, now));
        card.getStyleClass().add("card");
        if (curve.isEmpty()) {
            Label none = new Label(texts.get("devices.health.none"));
            none.getStyleClass().add("text-muted");
            none.setPrefHeight(HEIGHT);
            card.getChildren().add(none);
            return card;
        }
        Label range =
                new Label(texts.get("devices.health.range", value(curve, curve.least()), value(curve, curve.most())));
        range.getStyleClass().addAll("text-muted", "small");
        card.getChildren().addAll(chart(curve, health), range);
        return card;
    }

    private Node hidden(Measure measure) {
        Label name = new Label(Metric.name(measure.metric(), texts));
        name.getStyleClass().add("strong");
        Tip.on(name, measure.metric() + "\n" + measure.stream() + " " + measure.pointer());
        Label why = new Label(texts.get("devices.withheld", String.valueOf(measure.withheld())));
        why.getStyleClass().add("hidden-value");
        why.setWrapText(true);
        VBox card = new VBox(name, why);
        card.getStyleClass().add("card");
        return card;
    }

    private String value(Curve curve, double value) {
        return Metric.value(curve.metric(), value, texts.locale());
    }

    private LineChart<Number, Number> chart(Curve curve, DeviceViewModel.Health health) {
        NumberAxis time = time(health);
        NumberAxis values = values(curve);
        LineChart<Number, Number> chart = new LineChart<>(time, values);
        chart.setAnimated(false);
        chart.setLegendVisible(false);
        // A node for each of a day's points would be styled and laid out to be hidden.
        chart.setCreateSymbols(false);
        chart.setPrefSize(WIDTH, HEIGHT);
        chart.setMinSize(WIDTH, HEIGHT);
        chart.setAccessibleText(Metric.name(curve.metric(), texts) + ": "
                + texts.get("devices.health.range", value(curve, curve.least()), value(curve, curve.most())));
        for (List<Curve.Point> run : curve.runs()) {
            XYChart.Series<Number, Number> line = new XYChart.Series<>();
            run.forEach(
                    point -> line.getData().add(new XYChart.Data<>(point.at().getEpochSecond(), point.value())));
            if (run.size() == 1) {
                line.getData().getFirst().setNode(new StackPane());
            }
            chart.getData().add(line);
        }
        // One colour for all runs: they are one measure. A point with a gap on either side shows as a point.
        for (XYChart.Series<Number, Number> line : chart.getData()) {
            line.getNode().getStyleClass().setAll("chart-series-line", "health");
            Node alone = line.getData().getFirst().getNode();
            if (alone != null) {
                alone.getStyleClass().setAll("chart-line-symbol", "health");
            }
        }
        return chart;
    }

    private NumberAxis time(DeviceViewModel.Health health) {
        ZoneId zone = desk.times().zone();
        long tick = health.span().tick().toSeconds();
        NumberAxis axis = new NumberAxis();
        axis.setAutoRanging(false);
        axis.setTickUnit(tick);
        axis.setMinorTickVisible(false);
        long shift = zone.getRules().getOffset(health.to()).getTotalSeconds();
        axis.setLowerBound(Math.floorDiv(health.from().getEpochSecond() + shift, tick) * tick - shift);
        axis.setUpperBound(health.to().getEpochSecond());
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                health.span().tick().compareTo(Duration.ofDays(1)) >= 0 ? "d. M." : "HH:mm", Locale.ROOT);
        axis.setTickLabelFormatter(new StringConverter<>() {
            @Override
            public String toString(Number at) {
                // The end is now, and no round time.
                boolean end = at.longValue() == health.to().getEpochSecond() && at.longValue() % tick != 0;
                return end
                        ? ""
                        : format.format(Instant.ofEpochSecond(at.longValue()).atZone(zone));
            }

            @Override
            public Number fromString(String text) {
                throw new UnsupportedOperationException("labels are not typed");
            }
        });
        return axis;
    }

    private NumberAxis values(Curve curve) {
        NumberAxis axis = new NumberAxis();
        axis.setMinorTickVisible(false);
        axis.setForceZeroInRange(true);
        if (Metric.isRatio(curve.metric())) {
            axis.setAutoRanging(false);
            axis.setLowerBound(0);
            axis.setUpperBound(1);
            axis.setTickUnit(0.25);
        }
        axis.setTickLabelFormatter(new StringConverter<>() {
            @Override
            public String toString(Number at) {
                return Metric.value(curve.metric(), at.doubleValue(), texts.locale());
            }

            @Override
            public Number fromString(String text) {
                throw new UnsupportedOperationException("labels are not typed");
            }
        });
        return axis;
    }
}
