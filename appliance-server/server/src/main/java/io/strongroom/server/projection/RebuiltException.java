package io.strongroom.server.projection;

/** The read models were thrown away while a question was being answered; asked again, it will be. */
public final class RebuiltException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RebuiltException() {
        super("the read models are being made again; ask once more");
    }
}
