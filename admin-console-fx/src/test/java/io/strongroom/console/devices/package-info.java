@NullMarked
package io.strongroom.console.devices;

import org.jspecify.annotations.NullMarked;
