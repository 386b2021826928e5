package io.strongroom.console.shell;

import java.io.File;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The dialogs for files, which are the system's own. Each answers null where the officer would rather not. */
public interface FileDialogs {
    FileDialogs SYSTEM = new FileDialogs() {};

    default @Nullable File save(FileChooser asked, Window over) {
        return asked.showSaveDialog(over);
    }

    default @Nullable File open(FileChooser asked, Window over) {
        return asked.showOpenDialog(over);
    }

    default @Nullable File folder(DirectoryChooser asked, Window over) {
        return asked.showDialog(over);
    }
}
