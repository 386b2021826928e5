package io.strongroom.server.mqtt;

import io.strongroom.evidence.StreamName;
import java.util.Optional;
import java.util.Set;

/** The topics of one device, {@code d/<id>/…}. There are no others. */
final class Topics {
    private final String up;
    private final String outcomes;
    private final String acknowledgements;
    private final String commands;
    private final Set<String> readable;

    Topics(String device) {
        String own = "d/" + device + "/";
        this.up = own + "up/";
        this.outcomes = own + "out";
        this.acknowledgements = own + "ack";
        this.commands = own + "cmd";
        this.readable = Set.of(acknowledgements, commands, own + "+", own + "#");
    }

    /**
     * The stream of {@code d/<id>/up/<stream>}, and {@link Upward#OUTCOMES} of {@code d/<id>/out}; empty for every other topic,
     * and for streams of the appliance's own.
     */
    Optional<StreamName> stream(String topic) {
        if (topic.equals(outcomes)) {
            return Optional.of(Upward.OUTCOMES);
        }
        if (!topic.startsWith(up) || !StreamName.is(topic.substring(up.length()))) {
            return Optional.empty();
        }
        return Optional.of(new StreamName(topic.substring(up.length()))).filter(stream -> !stream.isSystem());
    }

    /** Where batches are acknowledged. */
    String acknowledgements() {
        return acknowledgements;
    }

    /** Where commands go down. */
    String commands() {
        return commands;
    }

    /** Whether the device may subscribe to it. So few, that nobody can make the broker remember many. */
    boolean isReadable(String filter) {
        return readable.contains(filter);
    }
}
