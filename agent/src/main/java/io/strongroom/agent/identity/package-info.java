/** Who the device is: its keys, its certificate, and how it gets and renews them (RFC 7030). */
@NullMarked
package io.strongroom.agent.identity;

import org.jspecify.annotations.NullMarked;
