package io.strongroom.console.packs;

import io.strongroom.api.ExportStatus;
import io.strongroom.console.desk.Desk;
import io.strongroom.console.look.StatePane;
import javafx.scene.Parent;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.material2.Material2OutlinedAL;

/** While the pack is asked for; from then on it is in the list. */
final class SealView implements Page {
    private final StatePane state = new StatePane();

    SealView(WizardViewModel model, Desk desk) {
        state.getChildren().add(new Region());
        state.bind(
                model.seal(),
                desk.texts(),
                (ExportStatus found) -> false,
                new StatePane.Nothing(Material2OutlinedAL.ARCHIVE, "", ""),
                model::reviewed);
    }

    @Override
    public Parent root() {
        return state;
    }

    @Override
    public void next() {
        // There is none.
    }
}
