package io.strongroom.console.connection;

import io.strongroom.api.About;
import io.strongroom.api.PolicyRef;
import io.strongroom.api.client.StrongroomClient;
import io.strongroom.api.client.StrongroomException;
import io.strongroom.console.work.Answer;
import io.strongroom.console.work.Background;
import io.strongroom.console.work.Latest;
import io.strongroom.console.work.Trouble;
import io.strongroom.evidence.note.Checkpoint;
import io.strongroom.evidence.note.CheckpointVerifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Asks the appliance for its newest checkpoint every few seconds and verifies it here: its signatures, and that it
 * continues the one before. So the console notices when the connection is lost, when it is back, and when the appliance
 * shows another history than it did.
 */
public final class Watch implements AutoCloseable {
    /**
     * What the appliance showed, and this machine verified.
     *
     * @param at when it was verified here
     * @param policy the bundle in force; null where there is none
     */
    public record Seen(
            Checkpoint checkpoint, Instant at, @Nullable PolicyRef policy) {}

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration WHEN_LOST = Duration.ofSeconds(3);

    private final Connection connection;
    private final InstantSource clock;
    private final Latest asking;
    private final ReadOnlyObjectWrapper<@Nullable Seen> seen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Trouble> wrong = new ReadOnlyObjectWrapper<>();
    private @Nullable CheckpointVerifier verifier;

    public Watch(Connection connection, Background background, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
        this.asking = background.latest();
        connection.who().subscribe(who -> {
            asking.cancel();
            seen.set(null);
            wrong.set(null);
            verifier = null;
            if (who != null) {
                ask(Duration.ZERO);
            }
        });
    }

    /** The newest checkpoint that was verified here; null before the first. */
    public ReadOnlyObjectProperty<@Nullable Seen> seen() {
        return seen.getReadOnlyProperty();
    }

    /** What did not hold: a checkpoint that is not signed as it must be, or does not continue the one before. It stays. */
    public ReadOnlyObjectProperty<@Nullable Trouble> wrong() {
        return wrong.getReadOnlyProperty();
    }

    private record Found(CheckpointVerifier verifier, Seen seen) {}

    private void ask(Duration after) {
        Seen before = seen.get();
        CheckpointVerifier known = verifier;
        asking.start(
                progress -> {
                    Thread.sleep(after);
                    return connection.call(client -> look(client, known, before));
                },
                new Answer<Found>() {
                    @Override
                    public void done(Found found) {
                        verifier = found.verifier();
                        seen.set(found.seen());
                        ask(EVERY);
                    }

                    @Override
                    public void failed(Exception why) {
                        if (why instanceof Checkpoints.Broken broken) {
                            wrong.set(connection.troubles().of(broken));
                        }
                        if (!(why instanceof StrongroomException.Unauthenticated)) {
                            ask(WHEN_LOST);
                        }
                    }
                });
    }

    private Found look(StrongroomClient client, @Nullable CheckpointVerifier known, @Nullable Seen before) {
        About about = client.about();
        Checkpoint last = before == null ? null : before.checkpoint();
        Checkpoints.Shown shown = Checkpoints.shownBy(client);
        CheckpointVerifier by = known != null ? known : Checkpoints.verifier(client);
        Checkpoint newest;
        try {
            newest = Checkpoints.newest(shown, by, last).checkpoint();
        } catch (Checkpoints.Broken e) {
            if (known == null) {
                throw e;
            }
            // The keys may have been changed since; then the trust file names the new ones.
            by = Checkpoints.verifier(client);
            newest = Checkpoints.newest(shown, by, last).checkpoint();
        }
        return new Found(by, new Seen(newest, clock.instant(), about.policy()));
    }

    @Override
    public void close() {
        asking.cancel();
    }
}
