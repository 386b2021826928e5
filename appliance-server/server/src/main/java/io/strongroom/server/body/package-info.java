/** The body of a request: as it comes from the connection, decoded, at most so long, and read past once it is given up. */
@NullMarked
package io.strongroom.server.body;

import org.jspecify.annotations.NullMarked;
