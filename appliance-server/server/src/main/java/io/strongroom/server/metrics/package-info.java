/** How a slice tells numbers of itself: counted where things happen, put into words only when somebody asks. */
@NullMarked
package io.strongroom.server.metrics;

import org.jspecify.annotations.NullMarked;
