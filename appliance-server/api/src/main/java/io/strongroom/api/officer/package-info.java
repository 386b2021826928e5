/** What an officer keeps on their own machine, for every program that they work with. */
@NullMarked
package io.strongroom.api.officer;

import org.jspecify.annotations.NullMarked;
