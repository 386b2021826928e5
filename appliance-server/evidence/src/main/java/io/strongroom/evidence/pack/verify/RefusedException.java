package io.strongroom.evidence.pack.verify;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What was given is refused for its form, or does not hold. */
public final class RefusedException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    RefusedException(@Nullable String file, String expected, String found) {
        super((file == null ? "" : file + ": ") + "expected " + expected + "; found " + found);
        this.failure = Failure.of(file, expected, found);
    }

    public Failure failure() {
        return failure;
    }
}
