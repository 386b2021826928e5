package io.strongroom.console.look;

import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;
import javafx.scene.control.skin.ScrollPaneSkin;

/**
 * A scroll pane that keeps no picture of what is seen through it. The toolkit's own keeps one for as long as it lives, also
 * while its screen is not shown: megabytes of each screen, drawn anew with nearly every change.
 */
public final class PlainScrollPane extends ScrollPane {
    @Override
    protected Skin<?> createDefaultSkin() {
        ScrollPaneSkin skin = new ScrollPaneSkin(this);
        getChildrenUnmodifiable().forEach(child -> child.setCache(false));
        return skin;
    }
}
