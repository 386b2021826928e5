package io.strongroom.agent;

/** The command cannot do what it was asked for; the message says what to do. */
final class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    AgentException(String message) {
        super(message);
    }

    AgentException(String message, Throwable cause) {
        super(message, cause);
    }
}
