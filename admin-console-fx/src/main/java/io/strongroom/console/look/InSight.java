package io.strongroom.console.look;

import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;

/** Whether one sees a node: what is out of sight need not be kept up to date before it is shown again. */
public final class InSight {
    private static final ObservableValue<Boolean> NOT = new ReadOnlyBooleanWrapper(false).getReadOnlyProperty();

    private InSight() {}

    /** Whether the node is visible, with all that it stands in, in a scene. What is scrolled away counts as seen. */
    public static ObservableValue<Boolean> of(Node node) {
        return node.sceneProperty().flatMap(scene -> upwards(node)).orElse(false);
    }

    private static ObservableValue<Boolean> upwards(Node node) {
        return node.visibleProperty()
                .flatMap(visible -> visible
                        ? node.parentProperty().flatMap(InSight::upwards).orElse(true)
                        : NOT);
    }
}
