/** Devices: their certificate authority, how one is enrolled, renewed, locked and revoked, and the port that they call. */
@NullMarked
package io.strongroom.server.devices;

import org.jspecify.annotations.NullMarked;
