package io.strongroom.lines;

import io.strongroom.api.Outcome;
import io.strongroom.api.json.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events of AWS CloudTrail. */
final class CloudTrailReader implements JsonLineReader.ObjectReader {
    /** Where a request names what it is about, the closest name first. */
    private static final String[] RESOURCE_NAMES = {
        "bucketName",
        "instanceId",
        "userName",
        "roleName",
        "roleArn",
        "groupName",
        "policyArn",
        "functionName",
        "keyId",
        "secretId",
        "tableName",
        "name",
        "trailName",
        "volumeId",
        "groupId",
        "resourceArn",
        "dBInstanceIdentifier"
    };

    private final LogTime times;

    CloudTrailReader(LogTime times) {
        this.times = times;
    }

    @Override
    public Optional<LineEvent> read(Json.Obj event) {
        String name = LooseJson.scalar(event, "eventName");
        String source = LooseJson.scalar(event, "eventSource");
        if (name == null || source == null) {
            return Optional.empty();
        }
        String service = source.replaceFirst("\\.amazonaws\\.com$", "");
        LineEvent.Builder told = LineEvent.of("cloudtrail")
                .action(Words.plain(service + "." + name))
                .outcome(outcome(event, name))
                .detail("eventId", LooseJson.scalar(event, "eventID"))
                .detail("region", LooseJson.scalar(event, "awsRegion"))
                .detail("account", LooseJson.scalar(event, "recipientAccountId"))
                .detail("address", LooseJson.scalar(event, "sourceIPAddress"))
                .detail("userAgent", LooseJson.scalar(event, "userAgent"))
                .detail("error", LooseJson.scalar(event, "errorCode"));
        times.iso(LooseJson.scalar(event, "eventTime", "@timestamp")).ifPresent(told::time);
        actor(event, told);
        resource(event, service, told);
        return Optional.of(told.build());
    }

    private static Outcome outcome(Json.Obj event, String name) {
        if (LooseJson.scalar(event, "errorCode", "errorMessage") != null) {
            return Outcome.FAILURE;
        }
        if (name.equals("ConsoleLogin")) {
            return "Failure".equals(LooseJson.scalar(event, "responseElements/ConsoleLogin"))
                    ? Outcome.FAILURE
                    : Outcome.SUCCESS;
        }
        return Outcome.SUCCESS;
    }

    private static void actor(Json.Obj event, LineEvent.Builder told) {
        String type = LooseJson.scalar(event, "userIdentity/type");
        String id = LooseJson.scalar(
                event,
                "userIdentity/arn",
                "userIdentity/userName",
                "userIdentity/invokedBy",
                "userIdentity/principalId",
                "userIdentity/accountId");
        told.actor(type == null ? "Identity" : Words.plain(type), id)
                .actorOr("Address", LooseJson.scalar(event, "sourceIPAddress"));
    }

    private static void resource(Json.Obj event, String service, LineEvent.Builder told) {
        if (event.members().get("resources") instanceof Json.Arr resources
                && !resources.items().isEmpty()
                && resources.items().getFirst() instanceof Json.Obj first) {
            String type = LooseJson.scalar(first, "type");
            told.resource(type == null ? "Resource" : type, LooseJson.scalar(first, "ARN", "arn", "resourceName"));
        }
        String bucket = LooseJson.scalar(event, "requestParameters/bucketName");
        String key = LooseJson.scalar(event, "requestParameters/key");
        if (bucket != null && key != null) {
            told.resourceOr("Object", bucket + "/" + key);
        }
        for (String name : RESOURCE_NAMES) {
            told.resourceOr(Words.capitalised(name), LooseJson.scalar(event, "requestParameters/" + name));
        }
        told.resourceOr("Resource", firstItem(event)).resourceOr("Service", service);
    }

    /** EC2 lists what a call is about: {@code requestParameters.instancesSet.items[0].instanceId}. */
    private static @Nullable String firstItem(Json.Obj event) {
        if (!(event.members().get("requestParameters") instanceof Json.Obj parameters)) {
            return null;
        }
        for (Json parameter : parameters.members().values()) {
            if (parameter instanceof Json.Obj set
                    && set.members().get("items") instanceof Json.Arr items
                    && !items.items().isEmpty()
                    && items.items().getFirst() instanceof Json.Obj first) {
                for (String name : List.copyOf(first.members().keySet())) {
                    if (name.endsWith("Id")) {
                        return LooseJson.scalar(first, name);
                    }
                }
            }
        }
        return null;
    }
}
