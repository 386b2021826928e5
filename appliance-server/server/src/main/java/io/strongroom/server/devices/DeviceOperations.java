package io.strongroom.server.devices;

/** What policy is asked before somebody looks at devices, or changes them. */
final class DeviceOperations {
    static final String READ = "devices.read";
    static final String MANAGE = "devices.manage";

    private DeviceOperations() {}
}
