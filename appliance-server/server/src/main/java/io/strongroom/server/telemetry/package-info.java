/**
 * What devices tell, as read models: made from the ledger, in one form whoever collected it. All of it can be thrown away
 * and made again.
 */
@NullMarked
package io.strongroom.server.telemetry;

import org.jspecify.annotations.NullMarked;
