package io.strongroom.api;

import io.strongroom.api.json.Json;

/**
 * A group that devices are enrolled into: {@code /api/v1/devices/groups}.
 *
 * @param approval whether an officer has to let each of its devices in
 */
public record DeviceGroup(String name, boolean approval, String madeBy) {
    public static DeviceGroup fromJson(Json.Obj json) {
        return new DeviceGroup(json.text("name"), json.truth("approval"), json.text("madeBy"));
    }
}
