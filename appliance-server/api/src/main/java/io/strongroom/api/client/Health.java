package io.strongroom.api.client;

/** Whether the appliance is well: each question is asked once, never repeated. */
public final class Health {
    private final Transport transport;

    Health(Transport transport) {
        this.transport = transport;
    }

    /** Whether the process runs and answers. */
    public boolean live() {
        return well("/health/live");
    }

    /** Whether it can take records and answer queries now. */
    public boolean ready() {
        return well("/health/ready");
    }

    /** Whether it has finished starting. */
    public boolean started() {
        return well("/health/startup");
    }

    private boolean well(String path) {
        try {
            return transport.once(transport.request(path).GET().build(), answer -> {
                // Read to its end, so that the connection can be used again.
                answer.bytes();
                return answer.status() == 200;
            });
        } catch (StrongroomException.Answered e) {
            // Whatever the problem is, it is not the answer of a server that is well.
            return false;
        }
    }
}
