package io.strongroom.console.workspace;

import io.strongroom.console.look.Sign;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Latest;
import io.strongroom.policies.Fault;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.wellbehaved.event.EventPattern;
import org.fxmisc.wellbehaved.event.InputMap;
import org.fxmisc.wellbehaved.event.Nodes;

/** Edits one file of the rules: numbered lines, YAML in colours, and a sign beside each line with something wrong. */
final class Editor {
    private static final Duration PAUSE = Duration.ofMillis(60);
    private static final double NUMBER = 36;

    private final CodeArea area = new CodeArea();
    private final VirtualizedScrollPane<CodeArea> pane = new VirtualizedScrollPane<>(area);
    private final Latest colouring;
    private final Map<Integer, Fault> faults = new HashMap<>();
    private boolean loading;

    /** @param typed takes the whole text after each change that the officer makes */
    Editor(Background background, String name, Consumer<String> typed) {
        this.colouring = background.latest();
        area.getStyleClass().add("editor");
        area.setAccessibleText(name);
        area.setParagraphGraphicFactory(this::margin);
        // Tab is a letter where one writes; with Ctrl it leads out, as from any text of many lines, and with Shift
        // back.
        Nodes.addInputMap(
                area,
                InputMap.sequence(
                        InputMap.consume(EventPattern.keyPressed(KeyCode.TAB), pressed -> tab()),
                        leave(TraversalDirection.NEXT, KeyCombination.CONTROL_DOWN),
                        leave(TraversalDirection.PREVIOUS, KeyCombination.SHIFT_DOWN),
                        leave(TraversalDirection.PREVIOUS, KeyCombination.CONTROL_DOWN, KeyCombination.SHIFT_DOWN)));
        area.textProperty().addListener((at, before, now) -> {
            colour(now);
            if (!loading) {
                typed.accept(now);
            }
        });
    }

    Parent view() {
        return pane;
    }

    private void tab() {
        if (area.isEditable()) {
            area.replaceSelection("  ");
        } else {
            area.requestFocusTraversal(TraversalDirection.NEXT);
        }
    }

    private InputMap<KeyEvent> leave(TraversalDirection way, KeyCombination.Modifier... held) {
        return InputMap.consume(EventPattern.keyPressed(KeyCode.TAB, held), pressed -> area.requestFocusTraversal(way));
    }

    /** Shows another file, or none of them where it cannot be edited now. */
    void load(String text, boolean editable) {
        area.setEditable(editable);
        if (!area.getText().equals(text)) {
            loading = true;
            area.replaceText(text);
            area.getUndoManager().forgetHistory();
            area.moveTo(0);
            area.requestFollowCaret();
            loading = false;
        }
    }

    /** Puts a sign beside each of these lines. */
    void mark(List<Fault> found) {
        Set<Integer> lines = new HashSet<>(faults.keySet());
        faults.clear();
        found.forEach(fault -> faults.putIfAbsent(Math.max(1, fault.line()), fault));
        lines.addAll(faults.keySet());
        for (int line : lines) {
            if (line <= area.getParagraphs().size()) {
                area.setParagraphStyle(line - 1, faults.containsKey(line) ? List.of("fault-line") : List.of());
                area.recreateParagraphGraphic(line - 1);
            }
        }
    }

    /** Puts the caret into a line. */
    void go(int line) {
        int at = Math.clamp(line - 1L, 0, area.getParagraphs().size() - 1);
        area.moveTo(at, 0);
        area.showParagraphInViewport(at);
        area.requestFocus();
    }

    private Node margin(int index) {
        Label number = new Label(Integer.toString(index + 1));
        number.getStyleClass().addAll("mono", "small", "text-muted");
        number.setMinWidth(NUMBER);
        number.setAlignment(Pos.CENTER_RIGHT);
        HBox margin = new HBox(4, number);
        margin.setAlignment(Pos.CENTER_LEFT);
        margin.getStyleClass().add("editor-margin");
        Fault fault = faults.get(index + 1);
        Region room = new Region();
        room.setMinWidth(16);
        margin.getChildren().add(fault == null ? room : Sign.FAILS.icon());
        if (fault != null) {
            Tooltip.install(margin, new Tooltip(fault.reason() + "\n" + fault.remedy()));
        }
        return margin;
    }

    private void colour(String text) {
        colouring.start(
                progress -> {
                    Thread.sleep(PAUSE);
                    return Yaml.styles(text);
                },
                new Answer<StyleSpans<Collection<String>>>() {
                    @Override
                    public void done(StyleSpans<Collection<String>> styles) {
                        if (!text.isEmpty() && area.getText().equals(text)) {
                            area.setStyleSpans(0, styles);
                        }
                    }

                    @Override
                    public void failed(Exception why) {
                        // It stays as it is: colours say nothing.
                    }
                });
    }
}
