@NullMarked
package io.strongroom.server.witness;

import org.jspecify.annotations.NullMarked;
