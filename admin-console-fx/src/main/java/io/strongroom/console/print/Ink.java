package io.strongroom.console.print;

import io.strongroom.console.look.Sign;
import java.awt.Color;

/** The colours on paper: dark enough to stay apart when they are printed grey. */
enum Ink {
    TEXT(0x1f2328, 0xffffff),
    MUTED(0x59636e, 0xf6f8fa),
    LINE(0xd1d9e0, 0xffffff),
    GOOD(0x1a7f37, 0xdafbe1),
    BAD(0xcf222e, 0xffebe9),
    DOUBTFUL(0x9a6700, 0xfff8c5);

    private final Color color;
    private final Color wash;

    Ink(int color, int wash) {
        this.color = new Color(color);
        this.wash = new Color(wash);
    }

    static Ink of(Sign sign) {
        return switch (sign) {
            case HOLDS -> GOOD;
            case FAILS -> BAD;
            case DOUBTFUL -> DOUBTFUL;
            case NEUTRAL -> MUTED;
        };
    }

    Color color() {
        return color;
    }

    /** What stands behind text in this ink. */
    Color wash() {
        return wash;
    }
}
