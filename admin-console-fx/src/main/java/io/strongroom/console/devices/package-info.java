/** The screen of the devices: who they are, how they are, what they may, and how new ones come. */
@NullMarked
package io.strongroom.console.devices;

import org.jspecify.annotations.NullMarked;
