package io.strongroom.api.client;

/** A person's session with an appliance: a client whose token is always one that holds. Any number of threads may use it. */
public final class Session implements AutoCloseable {
    private final StrongroomClient client;
    private final CurrentToken current;

    Session(StrongroomClient client, CurrentToken current) {
        this.client = client;
        this.current = current;
    }

    /**
     * The client to call with. Each call of it throws {@link StrongroomException.Unauthenticated} once the session has ended;
     * its person signs in again then.
     */
    public StrongroomClient client() {
        return client;
    }

    /**
     * An access token that holds for a minute at least, for what speaks with the appliance in its own way, as git does.
     *
     * @throws StrongroomException.Unauthenticated once the session has ended
     */
    public String token() {
        return current.get();
    }

    /** When the session ends, whatever is done in between, RFC 3339. */
    public String endsAt() {
        return current.tokens().endsAt();
    }

    /** Ends the session at the appliance, and closes the client. */
    public void signOut() {
        try {
            client.auth().signOut();
        } finally {
            close();
        }
    }

    /** Closes the client. The session goes on at the appliance until it ends by itself. */
    @Override
    public void close() {
        client.close();
    }
}
