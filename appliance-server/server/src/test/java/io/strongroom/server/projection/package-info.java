@NullMarked
package io.strongroom.server.projection;

import org.jspecify.annotations.NullMarked;
