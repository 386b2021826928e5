package io.strongroom.server.record;

/** The policy in force decided something that cannot be done, so the record was refused rather than stored too openly. */
public final class PolicyFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyFaultException(String message) {
        super(message);
    }

    public PolicyFaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
