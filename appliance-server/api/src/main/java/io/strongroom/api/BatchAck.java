package io.strongroom.api;

import static java.util.Objects.requireNonNull;

import io.strongroom.api.json.Json;
import java.util.List;

/**
 * The answer to a device batch, given once it is durable (formats §6).
 *
 * @param stream the stream of the batch
 * @param epoch the epoch of the batch, 32 hex digits
 * @param durableThrough the sequence up to which nothing of stream and epoch needs to be kept any more
 * @param rejected lines of this batch that became no records; they stand in quarantine
 * @param window how many batches the device may send, over all its streams, without waiting for an answer
 * @param serverTime the appliance's clock, RFC 3339
 * @param checkpoint the newest signed checkpoint
 */
public record BatchAck(
        String stream,
        String epoch,
        long durableThrough,
        List<Rejected> rejected,
        int window,
        String serverTime,
        String checkpoint) {
    public BatchAck {
        requireNonNull(stream, "stream is null");
        requireNonNull(epoch, "epoch is null");
        requireNonNull(serverTime, "serverTime is null");
        requireNonNull(checkpoint, "checkpoint is null");
        rejected = List.copyOf(rejected);
    }

    /**
     * A line that became no record.
     *
     * @param seq its sequence
     * @param problem the code of a {@link ProblemType}
     */
    public record Rejected(long seq, String problem) {
        public Rejected {
            requireNonNull(problem, "problem is null");
        }

        public Json.Obj toJson() {
            return Json.object().put("seq", seq).put("problem", problem).build();
        }

        public static Rejected fromJson(Json.Obj json) {
            return new Rejected(json.integer("seq"), json.text("problem"));
        }
    }

    public Json.Obj toJson() {
        return Json.object()
                .put("stream", stream)
                .put("epoch", epoch)
                .put("durableThrough", durableThrough)
                .put("rejected", rejected(rejected))
                .put("window", window)
                .put("serverTime", serverTime)
                .put("checkpoint", checkpoint)
                .build();
    }

    /** Rejected lines as a JSON array. */
    public static Json.Arr rejected(List<Rejected> lines) {
        return new Json.Arr(lines.stream().<Json>map(Rejected::toJson).toList());
    }

    public static BatchAck fromJson(Json.Obj json) {
        return new BatchAck(
                json.text("stream"),
                json.text("epoch"),
                json.integer("durableThrough"),
                json.objects("rejected", Rejected::fromJson),
                (int) json.integer("window"),
                json.text("serverTime"),
                json.text("checkpoint"));
    }
}
