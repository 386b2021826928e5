package io.strongroom.api;

import io.strongroom.api.json.Json;
import java.util.List;

/**
 * What came of asking the devices of a group.
 *
 * @param asked what each of them gets
 * @param notAsked those that were not
 */
public record GroupCommands(List<AskedCommand> asked, List<NotAsked> notAsked) {
    public GroupCommands {
        asked = List.copyOf(asked);
        notAsked = List.copyOf(notAsked);
    }

    /** A device that was not asked, and why. */
    public record NotAsked(String device, String why) {
        static NotAsked fromJson(Json.Obj json) {
            return new NotAsked(json.text("device"), json.text("why"));
        }
    }

    public static GroupCommands fromJson(Json.Obj json) {
        return new GroupCommands(
                json.objects("items", AskedCommand::fromJson), json.objects("notAsked", NotAsked::fromJson));
    }
}
