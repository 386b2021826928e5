package io.strongroom.console.devices;

import io.strongroom.console.look.Sign;
import io.strongroom.console.text.Texts;
import javafx.scene.Node;

/** How a standing looks: a shape and its word. */
final class Standings {
    private Standings() {}

    static Node said(Standing standing, Texts texts) {
        return sign(standing).said(word(standing, texts));
    }

    static String word(Standing standing, Texts texts) {
        return texts.get("devices.standing." + standing);
    }

    private static Sign sign(Standing standing) {
        return switch (standing) {
            case WELL -> Sign.HOLDS;
            case SILENT, PENDING -> Sign.DOUBTFUL;
            case LOCKED -> Sign.FAILS;
            case UNHEARD, REVOKED, REFUSED -> Sign.NEUTRAL;
        };
    }
}
