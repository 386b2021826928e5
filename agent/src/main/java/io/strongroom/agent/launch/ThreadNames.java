package io.strongroom.agent.launch;

/** Names of the agent's threads by which the launcher knows them. The kernel keeps fifteen characters of one. */
public final class ThreadNames {
    /** A collector's thread: this, and the collector's name. */
    public static final String COLLECTOR = "c:";

    /** The thread that does something once a second, whatever happens to the others. */
    public static final String BEAT = "beat";

    private ThreadNames() {}
}
