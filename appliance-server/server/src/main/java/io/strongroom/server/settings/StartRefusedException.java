package io.strongroom.server.settings;

/**
 * The appliance will not start. The message is one sentence or two for the operator: what is wrong, and what to do. It
 * is printed without a stack trace.
 */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of thing stands in the way; each has an exit code of its own, so that a script can tell. */
    public enum Reason {
        /** The command line or the configuration. */
        USAGE(2),
        /** The data directory: locked, of another version, not writable. */
        DATA_DIRECTORY(10),
        /** A key is missing, damaged, or not the one that belongs here. */
        KEY(11),
        /** The database: unreachable, or set up in a way that loses or shows what it must not. */
        DATABASE(12),
        /** The ledger does not match what was signed. */
        LEDGER(13),
        /** The network: the port is taken, the address is not ours. */
        NETWORK(14),
        /** The object store: unreachable, or not set up as the settings say. */
        OBJECTS(15);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    public StartRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StartRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
