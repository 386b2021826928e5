package io.strongroom.console.look;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/** How a verdict looks: a shape and a colour, never a colour alone; a word stands beside it. */
public enum Sign {
    HOLDS(Material2OutlinedAL.CHECK_CIRCLE, "holds"),
    FAILS(Material2OutlinedAL.CANCEL, "fails"),
    DOUBTFUL(Material2OutlinedMZ.REPORT_PROBLEM, "doubtful"),
    NEUTRAL(Material2OutlinedMZ.REMOVE_CIRCLE_OUTLINE, "neutral");

    private final Ikon icon;
    private final String style;

    Sign(Ikon icon, String style) {
        this.icon = icon;
        this.style = style;
    }

    /** The style class of what has this verdict. */
    public String style() {
        return style;
    }

    /** An icon, coloured by {@link #style()}; as large as the style sheet says where it stands. */
    public Node icon() {
        FontIcon made = FontIcon.of(icon);
        made.getStyleClass().addAll("sign", style);
        return made;
    }

    /** The same with its word beside it. */
    public Node said(String word) {
        Label label = new Label(word);
        label.setMinWidth(0);
        HBox said = new HBox(icon(), label);
        said.getStyleClass().add("said");
        return said;
    }
}
