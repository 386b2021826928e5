package io.strongroom.api;

import io.strongroom.api.json.Json;
import io.strongroom.api.json.JsonShapeException;
import io.strongroom.evidence.StreamName;
import java.util.Optional;
import java.util.Set;

/** What a device can be asked to do. Each may be done twice without harm. */
public sealed interface DeviceOrder {
    /** The members that orders have in JSON. */
    Set<String> MEMBERS = Set.of("kind", "stream", "epoch", "first", "last");

    /** Its name in JSON. */
    String kind();

    /** Every collector looks now, whatever its rate. */
    record CollectNow() implements DeviceOrder {
        @Override
        public String kind() {
            return "collect";
        }
    }

    /**
     * What the device still has of these sequences is sent again.
     *
     * @param epoch 32 lower-case hex digits
     * @param first from 0
     * @param last at least {@code first}
     */
    record Resend(StreamName stream, String epoch, long first, long last) implements DeviceOrder {
        @Override
        public String kind() {
            return "resend";
        }
    }

    /** The certificate is renewed now. */
    record Renew() implements DeviceOrder {
        @Override
        public String kind() {
            return "renew";
        }
    }

    /** What policy says about this device is fetched now. */
    record ApplyPolicy() implements DeviceOrder {
        @Override
        public String kind() {
            return "apply-policy";
        }
    }

    /**
     * The queue begins a new epoch.
     *
     * @param stream whose; empty for all
     */
    record RotateQueue(Optional<StreamName> stream) implements DeviceOrder {
        @Override
        public String kind() {
            return "rotate-queue";
        }
    }

    default Json.Obj toJson() {
        Json.Builder json = Json.object().put("kind", kind());
        switch (this) {
            case Resend resend ->
                json.put("stream", resend.stream().value())
                        .put("epoch", resend.epoch())
                        .put("first", resend.first())
                        .put("last", resend.last());
            case RotateQueue rotate ->
                json.put("stream", rotate.stream().map(StreamName::value).orElse(null));
            case CollectNow now -> {}
            case Renew renew -> {}
            case ApplyPolicy apply -> {}
        }
        return json.build();
    }

    /**
     * Reads one. Other members of the object are passed over.
     *
     * @throws JsonShapeException if it is no order, or has a member of another one's
     */
    static DeviceOrder fromJson(Json.Obj json) {
        String kind = json.text("kind");
        DeviceOrder order =
                switch (kind) {
                    case "collect" -> new CollectNow();
                    case "resend" -> resend(json);
                    case "renew" -> new Renew();
                    case "apply-policy" -> new ApplyPolicy();
                    case "rotate-queue" ->
                        new RotateQueue(
                                Optional.ofNullable(json.optionalText("stream")).map(DeviceOrder::stream));
                    default ->
                        throw new JsonShapeException(
                                "kind", "one of collect, resend, renew, apply-policy and rotate-queue");
                };
        Json.Obj own = order.toJson();
        for (String member : MEMBERS) {
            if (json.get(member).isPresent() && own.get(member).isEmpty()) {
                throw new JsonShapeException(member, "left out where kind is " + kind);
            }
        }
        return order;
    }

    private static Resend resend(Json.Obj json) {
        String epoch = json.text("epoch");
        if (!epoch.matches("[0-9a-f]{32}")) {
            throw new JsonShapeException("epoch", "32 lower-case hex digits");
        }
        long first = json.integer("first");
        long last = json.integer("last");
        if (first < 0) {
            throw new JsonShapeException("first", "a sequence, from 0");
        }
        if (last < first) {
            throw new JsonShapeException("last", "a sequence that is not before the first");
        }
        return new Resend(stream(json.text("stream")), epoch, first, last);
    }

    private static StreamName stream(String name) {
        if (!StreamName.is(name)) {
            throw new JsonShapeException("stream", "1 to 64 of a-z 0-9 . _ -");
        }
        return new StreamName(name);
    }
}
