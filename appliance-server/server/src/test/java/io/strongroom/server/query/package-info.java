@NullMarked
package io.strongroom.server.query;

import org.jspecify.annotations.NullMarked;
