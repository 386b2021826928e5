/** Files on the appliance's own disk, each encrypted under a key of its own: packs until they are fetched, uploads. */
@NullMarked
package io.strongroom.server.spool;

import org.jspecify.annotations.NullMarked;
