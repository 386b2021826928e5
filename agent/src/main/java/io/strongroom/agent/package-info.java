/** The endpoint agent: its commands, and how its parts are put together. */
@NullMarked
package io.strongroom.agent;

import org.jspecify.annotations.NullMarked;
