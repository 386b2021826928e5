package io.strongroom.server.devices;

import io.strongroom.api.ProblemType;
import io.strongroom.server.access.DeviceState;
import io.strongroom.server.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** What other slices may know of devices. Answers from memory, without a query. */
public interface KnownDevices {

    /**
     * A device that is, or was, enrolled. Times are epoch milliseconds.
     *
     * @param label what whoever made its token calls it
     * @param changedAt when its state changed last
     */
    record KnownDevice(String id, String label, String group, DeviceState state, long madeAt, long changedAt) {}

    /** The device of that id, if there is, or was, one: no device is ever forgotten. */
    Optional<KnownDevice> find(String id);

    /**
     * Makes sure that there is, or was, a device of that id.
     *
     * @throws ProblemException {@code not-found}
     */
    default void require(String id) {
        if (find(id).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no device of this id.");
        }
    }

    /** The devices whose ids come after {@code id}, in the order of their ids, at most {@code most} of them. */
    List<KnownDevice> after(String id, int most);
}
