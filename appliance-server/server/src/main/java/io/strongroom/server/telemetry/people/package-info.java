/** Who uses which device, and when: users, told apart by a keyed hash alone, and their sessions. */
@NullMarked
package io.strongroom.server.telemetry.people;

import org.jspecify.annotations.NullMarked;
