/** The appliance that officers work with: the session, whether it is heard, and what went wrong with a call. */
@NullMarked
package io.strongroom.console.connection;

import org.jspecify.annotations.NullMarked;
