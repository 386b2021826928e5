package io.strongroom.server.access;

/** How a device stands. Only an active one is let in. */
public enum DeviceState {
    /** It asked, and an officer has not decided. */
    PENDING,
    ACTIVE,
    /** Shut out until an officer decides: its key was copied, or an officer said so. */
    LOCKED,
    /** Shut out for ever. */
    REVOKED,
    /** It asked, and an officer refused. */
    REFUSED
}
