package io.strongroom.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.strongroom.api.Problem;
import io.strongroom.server.access.DeviceIdentity;
import io.strongroom.server.mqtt.MqttCounts.Message;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connection's device hears of what it published. On the threads of its lane. */
final class Replies implements Lane.End {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private final House house;
    private final DeviceHandler connection;

    Replies(House house, DeviceHandler connection) {
        this.house = house;
        this.connection = connection;
    }

    @Override
    public @Nullable DeviceIdentity admit() {
        Guest who = connection.guest();
        if (who == null) {
            return null;
        }
        try {
            return house.entrance().admit(who.certificate(), who.id());
        } catch (ProblemException e) {
            connection.shutOut();
            return null;
        } catch (RuntimeException e) {
            LOG.error("whether a device may go on cannot be told, so it may not", e);
            connection.shutOut();
            return null;
        }
    }

    @Override
    public void settled(List<Upward> messages) {
        connection.acknowledge(messages);
    }

    @Override
    public void tell(byte[] acknowledgement) {
        Guest who = connection.guest();
        if (who != null) {
            house.down().accept(who.topics().acknowledgements(), acknowledgement);
        }
    }

    @Override
    public void refused(Upward batch, ProblemException why) {
        house.counts().count(Message.REFUSED);
        Problem problem = batch.batchDigest()
                .map(digest -> why.problem().with("batch", digest.toString()))
                .orElse(why.problem());
        tell(problem.toJson().toString().getBytes(UTF_8));
    }

    @Override
    public void changed() {
        connection.roomChanged();
    }
}
