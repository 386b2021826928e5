package io.strongroom.console.pack;

import io.strongroom.console.text.Texts;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** The files that a person gives to the viewer: chosen in a dialog, or dropped on it. */
final class GivenFiles {
    private static final String PACKS = "*.zip";
    private static final String TRUST_FILES = "*.txt";
    private static final String REPORTS = "*.pdf";

    private final PackViewModel model;
    private final Texts texts;

    GivenFiles(PackViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
    }

    /** Asks for a pack. */
    void pack(Window over) {
        File chosen = chooser("pack.files", PACKS).showOpenDialog(over);
        if (chosen != null) {
            model.open(chosen.toPath());
        }
    }

    /** Asks for a trust file. */
    void trust(Window over) {
        File chosen = chooser("pack.files.trust", TRUST_FILES).showOpenDialog(over);
        if (chosen != null) {
            model.trust(chosen.toPath());
        }
    }

    /** Asks where the report on the pack is to go, and has it written there. */
    void report(Window over) {
        Path file = model.pack().get();
        if (file == null) {
            return;
        }
        FileChooser chooser = chooser("pack.report.files", REPORTS);
        chooser.setInitialFileName(
                file.getFileName().toString().replaceFirst("\\.zip$", "") + texts.get("pack.report.suffix") + ".pdf");
        File chosen = chooser.showSaveDialog(over);
        if (chosen != null) {
            model.saveReport(chosen.toPath(), texts);
        }
    }

    private FileChooser chooser(String what, String pattern) {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(texts.get(what), pattern));
        return chooser;
    }

    void takeWhatIsDroppedOn(Node viewer) {
        viewer.setOnDragOver(GivenFiles::dragged);
        viewer.setOnDragDropped(this::dropped);
    }

    private static void dragged(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
        }
        event.consume();
    }

    /** A text file is a trust file; everything else is a pack, or is told to be none. */
    private void dropped(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        for (File file : files) {
            if (file.getName().endsWith(".txt")) {
                model.trust(file.toPath());
            } else {
                model.open(file.toPath());
            }
        }
        event.setDropCompleted(!files.isEmpty());
        event.consume();
    }
}
